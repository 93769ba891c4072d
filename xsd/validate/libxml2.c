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

/* Keeps the beginning of a message. Its length is never trusted: it is cut where
   the buffer ends. */
static void es_copy(es_fault *fault, const char *message) {
	size_t length;
	if (message == NULL)
		message = "";
	length = strnlen(message, ES_MESSAGE);
	fault->cut = length == ES_MESSAGE;
	if (fault->cut)
		length = ES_MESSAGE - 1;
	memcpy(fault->message, message, length);
	fault->message[length] = 0;
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

/* Only the first error of the parser matters: what follows it are guesses. */
static void es_on_parse_error(void *data, es_error error) {
	es_result *result = ((xmlParserCtxt *)data)->_private;
	es_fault *fault;
	if (error == NULL || error->level < XML_ERR_ERROR || result->count > 0)
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

/* A value outside a facet is reported twice by the library, first with the facet,
   then as a wrong value of the type. The second says nothing new. */
static int es_repeats(const es_result *result, const xmlNode *element, int code) {
	const es_fault *last;
	if (result->count == 0 || code != XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1)
		return 0;
	last = &result->faults[result->count - 1];
	return last->element == element && last->code >= XML_SCHEMAV_CVC_FACET_VALID &&
	       last->code <= XML_SCHEMAV_CVC_ENUMERATION_VALID;
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
	if (es_repeats(result, element, error->code))
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
	if (rc < 0 || (rc > 0 && result->count == 0))
		result->failed = 1;
	if (result->count > 0)
		es_number(doc, result);
}

void es_check(xmlSchema *schema, const char *data, int size, int limit, es_result *result) {
	/* The caller bounds depth, size and attributes and refuses document type
	   declarations, so the parser's own limits, which would refuse a value of ten
	   megabytes, are lifted. */
	const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE | XML_PARSE_COMPACT;
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
	result->malformed = doc == NULL || !parser->wellFormed || !parser->nsWellFormed;
	xmlFreeParserCtxt(parser);
	if (!result->malformed) {
		result->count = 0; /* complaints that do not make the document malformed */
		es_validate(schema, doc, result);
	}
	xmlFreeDoc(doc);
}

void es_free(es_result *result) {
	free(result->faults);
	result->faults = NULL;
}
