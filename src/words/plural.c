/* A precedence-climbing parser into a postfix program. Since the value of n is not known while parsing, both branches of ?: and the
 * right sides of && and || are computed always; that is harmless, as nothing has effects and division by zero gives 0. */
#include "words/plural.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define DEPTH_MAX 64

enum op {
	OP_NUMBER,
	OP_N,
	OP_NOT,
	OP_CHOOSE,
	OP_OR,
	OP_AND,
	OP_EQ,
	OP_NE,
	OP_LE,
	OP_GE,
	OP_LT,
	OP_GT,
	OP_ADD,
	OP_SUB,
	OP_MUL,
	OP_DIV,
	OP_MOD
};

struct step {
	enum op op;
	unsigned long number;
};

struct plural {
	struct step *steps;
	size_t count, cap;
};

struct parser {
	const char *start, *at, *end;
	struct plural *out;
	int depth;
	struct err *err;
};

/* Longer signs stand before those that they begin with: "<=" before "<". */
static const struct binary {
	const char *sign;
	enum op op;
	int level; /* higher binds tighter */
} binaries[] = {
	{"||", OP_OR, 1}, {"&&", OP_AND, 2}, {"==", OP_EQ, 3}, {"!=", OP_NE, 3}, {"<=", OP_LE, 4}, {">=", OP_GE, 4}, {"<", OP_LT, 4},
	{">", OP_GT, 4},  {"+", OP_ADD, 5},  {"-", OP_SUB, 5}, {"*", OP_MUL, 6}, {"/", OP_DIV, 6}, {"%", OP_MOD, 6},
};

static bool expression(struct parser *p);

static bool fail(struct parser *p, const char *what) {
	return err_set(p->err, ERR_INPUT, "plural rule, column %td: %s", p->at - p->start + 1, what);
}

static void emit(struct parser *p, enum op op, unsigned long number) {
	struct plural *s = p->out;
	ARRAY_GROW(s, steps);
	s->steps[s->count++] = (struct step){op, number};
}

static bool take_sign(struct parser *p, const char *sign) {
	while (p->at < p->end && str_is_space(*p->at)) {
		p->at++;
	}
	size_t n = strlen(sign);
	if ((size_t)(p->end - p->at) >= n && memcmp(p->at, sign, n) == 0) {
		p->at += n;
		return true;
	}
	return false;
}

static bool primary(struct parser *p) {
	if (take_sign(p, "!")) {
		if (++p->depth > DEPTH_MAX) {
			return fail(p, "it is nested too deep");
		}
		bool ok = primary(p);
		emit(p, OP_NOT, 0);
		p->depth--;
		return ok;
	}
	if (take_sign(p, "(")) {
		return expression(p) && (take_sign(p, ")") || fail(p, "a closing bracket is missing"));
	}
	if (take_sign(p, "n")) {
		emit(p, OP_N, 0);
		return true;
	}
	if (p->at == p->end || !str_is_digit(*p->at)) {
		return fail(p, "a number or n is missing");
	}
	unsigned long v = 0;
	for (; p->at < p->end && str_is_digit(*p->at); p->at++) {
		v = v * 10 + (unsigned long)(*p->at - '0');
		if (v > 1000000) {
			return fail(p, "the number is too large");
		}
	}
	emit(p, OP_NUMBER, v);
	return true;
}

/* The operator that comes next, taken when it binds at least as tightly as `level`; else it is left to whoever called with a lower
 * level. */
static const struct binary *peek_binary(struct parser *p, int level) {
	for (size_t i = 0; i < COUNT_OF(binaries); i++) {
		const char *before = p->at;
		if (take_sign(p, binaries[i].sign)) {
			if (binaries[i].level >= level) {
				return &binaries[i];
			}
			p->at = before;
			return NULL;
		}
	}
	return NULL;
}

static bool climb(struct parser *p, int level) {
	if (!primary(p)) {
		return false;
	}
	const struct binary *b;
	while ((b = peek_binary(p, level)) != NULL) {
		/* One level higher, so that what is on one level is read from the left: 9 - 4 - 1 is 4. */
		if (!climb(p, b->level + 1)) {
			return false;
		}
		emit(p, b->op, 0);
	}
	return true;
}

static bool expression(struct parser *p) {
	if (++p->depth > DEPTH_MAX) {
		return fail(p, "it is nested too deep");
	}
	bool ok = climb(p, 1);
	if (ok && take_sign(p, "?")) {
		ok = expression(p) && (take_sign(p, ":") || fail(p, "a colon is missing")) && expression(p);
		emit(p, OP_CHOOSE, 0);
	}
	p->depth--;
	return ok;
}

bool plural_parse(const char *rule, size_t n, struct plural **out, struct err *err) {
	if (n > PLURAL_RULE_MAX) {
		return err_set(err, ERR_INPUT, "the plural rule is longer than %d bytes", PLURAL_RULE_MAX);
	}
	struct plural *plural = xcalloc(1, sizeof *plural);
	struct parser p = {.start = rule, .at = rule, .end = rule + n, .out = plural, .err = err};
	bool ok = expression(&p) && (take_sign(&p, "") && (p.at == p.end || fail(&p, "something is left over")));
	if (!ok) {
		plural_free(plural);
		return false;
	}
	*out = plural;
	return true;
}

void plural_free(struct plural *plural) {
	if (plural != NULL) {
		free(plural->steps);
		free(plural);
	}
}

static unsigned long apply(enum op op, unsigned long a, unsigned long b) {
	switch (op) {
	case OP_OR: return a || b;
	case OP_AND: return a && b;
	case OP_EQ: return a == b;
	case OP_NE: return a != b;
	case OP_LE: return a <= b;
	case OP_GE: return a >= b;
	case OP_LT: return a < b;
	case OP_GT: return a > b;
	case OP_ADD: return a + b;
	case OP_SUB: return a - b;
	case OP_MUL: return a * b;
	case OP_DIV: return b == 0 ? 0 : a / b;
	case OP_MOD: return b == 0 ? 0 : a % b;
	case OP_NUMBER:
	case OP_N:
	case OP_NOT:
	case OP_CHOOSE: break;
	}
	return 0;
}

unsigned plural_form(const struct plural *plural, unsigned long n) {
	unsigned long stack[PLURAL_RULE_MAX] = {0}; /* a step pushes at most one value, and every step took at least one byte of the rule */
	size_t top = 0;
	for (size_t i = 0; i < plural->count; i++) {
		const struct step *s = &plural->steps[i];
		switch (s->op) {
		case OP_NUMBER: stack[top++] = s->number; break;
		case OP_N: stack[top++] = n; break;
		case OP_NOT: stack[top - 1] = !stack[top - 1]; break;
		case OP_CHOOSE:
			top -= 2;
			stack[top - 1] = stack[top - 1] ? stack[top] : stack[top + 1];
			break;
		default: top--; stack[top - 1] = apply(s->op, stack[top - 1], stack[top]);
		}
	}
	return (unsigned)stack[0];
}
