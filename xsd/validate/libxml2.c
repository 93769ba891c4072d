//go:build cgo

#include "libxml2.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>
#include <string.h>

#if LIBXML_VERSION >= 21200
typedef const xmlError *es_error;
#else
typedef xmlErrorPtr es_error;
#endif

/* Copies a message. Of one that does not fit, the middle is left out: the name
   stands at its beginning, the reason at its end, an overlong value between them. */
static void es_copy(es_fault *fault, const char *message) {
	static const char gap[] = "...";
	size_t length, head, tail;
	if (message == NULL)
		message = "";
	length = strlen(message);
	if (length < ES_MESSAGE) {
		memcpy(fault->message, message, length + 1);
		return;
	}
	tail = ES_MESSAGE / 4;
	head = ES_MESSAGE - tail - sizeof gap;
	memcpy(fault->message, message, head);
	memcpy(fault->message + head, gap, sizeof gap - 1);
	memcpy(fault->message + head + sizeof gap - 1, message + length - tail, tail);
	fault->message[ES_MESSAGE - 1] = 0;
}

static es_fault *es_append(es_result *result) {
	if (result->count == result->limit) {
		result->more = 1;
		return NULL;
	}
	if (result->count == result->capacity) {
		int capacity = result->capacity == 0 ? 8 : 2 * result->capacity;
		es_fault *grown = realloc(result->faults, (size_t)capacity * sizeof *grown);
		if (grown == NULL) {
			result->failed = 1;
			return NULL;
		}
		result->faults = grown;
		result->capacity = capacity;
	}
	return &result->faults[result->count++];
}

/* Says whether an error makes a document malformed. The library has others, such
   as a namespace name that is no URI or an xml:id that occurs twice, which are
   none to XML 1.0 and Namespaces in XML 1.0. */
static int es_fatal(es_error error) {
	return error->level == XML_ERR_FATAL ||
	       (error->level == XML_ERR_ERROR && error->code >= XML_NS_ERR_XML_NAMESPACE && error->code <= XML_NS_ERR_COLON);
}

/* Only the first error of the parser matters: what follows it are guesses. */
static void es_on_parse_error(void *data, es_error error) {
	es_result *result = ((xmlParserCtxt *)data)->_private;
	es_fault *fault;
	if (error == NULL || !es_fatal(error) || result->count > 0)
		return;
	fault = es_append(result);
	if (fault == NULL)
		return;
	fault->code = error->code;
	fault->node = -1;
	fault->element = NULL;
	result->line = error->line;
	es_copy(fault, error->message);
}

/* The length of what a message is about, its element and attribute. */
static size_t es_subject(const char *message) {
	const char *end = strstr(message, "': ");
	return end == NULL ? 0 : (size_t)(end - message);
}

/* A value that a facet forbids, or a prefix that is not bound, is reported twice
   by the library: first with the reason, then as a wrong value of the type. The
   second says nothing new. */
static int es_repeats(const es_result *result, const xmlNode *element, es_error error) {
	const es_fault *last;
	size_t subject;
	if (result->count == 0 || error->code != XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 || error->message == NULL)
		return 0;
	last = &result->faults[result->count - 1];
	subject = es_subject(last->message);
	return last->element == element && last->code >= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 &&
	       last->code <= XML_SCHEMAV_CVC_ENUMERATION_VALID && subject > 0 && strncmp(last->message, error->message, subject) == 0;
}

static int es_is_blank(xmlChar c) {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int es_is_text(const xmlNode *node) {
	return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

/* Says whether an element holds nothing but blanks, comments and the like. */
static int es_only_blanks(const xmlNode *element) {
	const xmlNode *node;
	for (node = element->children; node != NULL; node = node->next) {
		const xmlChar *c;
		if (node->type == XML_ELEMENT_NODE)
			return 0;
		for (c = es_is_text(node) ? node->content : NULL; c != NULL && *c != 0; c++)
			if (!es_is_blank(*c))
				return 0;
	}
	return 1;
}

/* Cuts the blanks around an element's text off. Says whether there were any. */
static int es_trim(xmlNode *element) {
	xmlNode *node;
	int trimmed = 0;
	for (node = element->children; node != NULL; node = node->next) {
		xmlChar *c = es_is_text(node) ? node->content : NULL;
		if (c == NULL)
			continue;
		while (es_is_blank(*c))
			c++;
		if (c != node->content) {
			memmove(node->content, c, strlen((const char *)c) + 1);
			trimmed = 1;
		}
		if (node->content[0] != 0)
			break;
	}
	for (node = element->last; node != NULL; node = node->prev) {
		size_t length;
		if (!es_is_text(node) || node->content == NULL)
			continue;
		length = strlen((const char *)node->content);
		for (; length > 0 && es_is_blank(node->content[length - 1]); trimmed = 1)
			node->content[--length] = 0;
		if (length > 0)
			break;
	}
	return trimmed;
}

/* Two complaints of the library are dropped. Blanks in an empty or nilled element
   are what pretty-printing leaves there. And blanks around a date are collapsed
   by its type, but the library does not do so (it does for other types): they are
   cut off, and the document is validated once more. */
static int es_tolerates(es_result *result, xmlNode *element, es_error error) {
	if (element == NULL || (error->node != NULL && error->node != element))
		return 0;
	switch (error->code) {
	case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
	case XML_SCHEMAV_CVC_ELT_3_2_1:
		return es_only_blanks(element);
	case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1:
		if (!es_trim(element))
			return 0;
		result->again = 1;
		return 1;
	}
	return 0;
}

static void es_on_fault(void *data, es_error error) {
	es_result *result = data;
	xmlNode *element;
	es_fault *fault;
	if (error == NULL || error->level < XML_ERR_ERROR)
		return;
	element = error->node;
	while (element != NULL && element->type != XML_ELEMENT_NODE)
		element = element->parent;
	if (es_repeats(result, element, error) || es_tolerates(result, element, error))
		return;
	fault = es_append(result);
	if (fault == NULL)
		return;
	fault->code = error->code;
	fault->node = -1;
	fault->element = element;
	if (element != NULL)
		element->_private = result; /* to be numbered */
	es_copy(fault, error->message);
}

static xmlNode *es_next(xmlNode *node, const xmlNode *root) {
	if (node->type == XML_ELEMENT_NODE && node->children != NULL)
		return node->children;
	while (node != root && node->next == NULL)
		node = node->parent;
	return node == root ? NULL : node->next;
}

/* Numbers the elements that faults point to, in one walk through the document. */
static void es_number(xmlDoc *doc, es_result *result) {
	xmlNode *root = xmlDocGetRootElement(doc);
	xmlNode *node;
	size_t index = 0;
	int i;
	for (node = root; node != NULL; node = es_next(node, root)) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (node->_private != NULL)
			node->_private = (void *)(index + 1);
		index++;
	}
	for (i = 0; i < result->count; i++) {
		es_fault *fault = &result->faults[i];
		if (fault->element != NULL)
			fault->node = (int)((size_t)fault->element->_private) - 1;
		fault->element = NULL;
	}
}

static void es_validate(xmlSchema *schema, xmlDoc *doc, es_result *result) {
	int rc;
	xmlSchemaValidCtxt *context = xmlSchemaNewValidCtxt(schema);
	if (context == NULL) {
		result->failed = 1;
		return;
	}
	xmlSchemaSetValidStructuredErrors(context, es_on_fault, result);
	rc = xmlSchemaValidateDoc(context, doc);
	xmlSchemaFreeValidCtxt(context);
	if (rc < 0)
		result->failed = 1;
}

void es_check(xmlSchema *schema, const char *data, int size, int limit, es_result *result) {
	/* The caller bounds depth, size and attributes and refuses document type
	   declarations, so the parser's own limits, which would refuse a value of ten
	   megabytes, are lifted. */
	const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE | XML_PARSE_COMPACT |
	                    XML_PARSE_NOCDATA;
	xmlParserCtxt *parser;
	xmlDoc *doc;

	memset(result, 0, sizeof *result);
	result->limit = limit;
	parser = xmlNewParserCtxt();
	if (parser == NULL) {
		result->failed = 1;
		return;
	}
	parser->_private = result;
	if (parser->sax != NULL)
		parser->sax->serror = es_on_parse_error;
	doc = xmlCtxtReadMemory(parser, data, size, NULL, NULL, options);
	result->malformed = doc == NULL || !parser->wellFormed || result->count > 0;
	xmlFreeParserCtxt(parser);
	if (!result->malformed) {
		es_validate(schema, doc, result);
		if (result->again) {
			result->count = result->more = 0;
			es_validate(schema, doc, result);
		}
		if (result->count > 0)
			es_number(doc, result);
	}
	xmlFreeDoc(doc);
}

void es_free(es_result *result) {
	free(result->faults);
	result->faults = NULL;
}
