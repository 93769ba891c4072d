/* What libxml2_cgo.go needs of libxml2: parse a document, validate it, and return
   every complaint as a record. The library's own message buffers are not used. */
#ifndef ESCONFORM_LIBXML2_H
#define ESCONFORM_LIBXML2_H

#include <libxml/xmlschemas.h>

/* The bytes of a message that are kept, its final NUL included. */
#define ES_MESSAGE 1024

typedef struct {
	int code;       /* xmlParserErrors */
	int node;       /* index of the element in document order, -1: none */
	xmlNode *element;
	char message[ES_MESSAGE];
} es_fault;

typedef struct {
	int malformed;  /* 1: the first fault is the parser's, its line is in line */
	int line;
	int failed;     /* 1: out of memory or an internal error of the library */
	int again;      /* 1: blanks were cut off, the document is to be validated again */
	int more;       /* 1: there are more faults than the limit */
	int count, capacity, limit;
	es_fault *faults;
} es_result;

void es_check(xmlSchema *schema, const char *data, int size, int limit, es_result *result);
void es_free(es_result *result);

#endif
