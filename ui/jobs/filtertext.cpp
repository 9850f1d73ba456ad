// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/filtertext.h"

#include "core/domain/filterlexer.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::FilterToken;
using domain::FilterTokens;

namespace {

/// The plain terms of these fields: not in parentheses, not negated, not after "or".
std::vector<FilterToken> plainTerms(const FilterTokens& tokens, const QStringList& fields)
{
    std::vector<FilterToken> found;
    int depth = 0;
    bool isNegated = false;
    for (const FilterToken& token : tokens) {
        switch (token.kind) {
        case FilterToken::Kind::Open: ++depth; break;
        case FilterToken::Kind::Close: --depth; break;
        case FilterToken::Kind::Or:
            if (depth == 0)
                return {};
            break;
        case FilterToken::Kind::Condition:
            if (depth == 0 && !isNegated && fields.contains(token.field) &&
                (token.op == FilterToken::Operator::Has ||
                 token.op == FilterToken::Operator::Equal))
                found.push_back(token);
            break;
        default: break;
        }
        isNegated = token.kind == FilterToken::Kind::Minus || token.kind == FilterToken::Kind::Not;
    }
    return found;
}

bool hasOr(const QString& text)
{
    const auto tokens = domain::lexFilter(text);
    return tokens && std::any_of(tokens->begin(), tokens->end(), [](const FilterToken& token) {
               return token.kind == FilterToken::Kind::Or;
           });
}

} // namespace

QString filterTerm(const QString& field, const QString& value, const QString& op)
{
    const QString plain = field + op + value;
    const auto tokens = domain::lexFilter(plain);
    const bool isOne = tokens && tokens->size() == 2 && tokens->front().values.size() == 1 &&
                       tokens->front().values.front().text == value &&
                       !tokens->front().values.front().isQuoted;
    if (isOne)
        return plain;
    QString quoted = value;
    quoted.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return field + op + u'"' + quoted + u'"';
}

QString termValue(const QString& text, const QStringList& fields)
{
    const auto tokens = domain::lexFilter(text);
    if (!tokens)
        return {};
    const auto found = plainTerms(*tokens, fields);
    if (found.size() != 1 || found.front().values.size() != 1)
        return {};
    return found.front().values.front().text;
}

QString withTerm(const QString& text, const QStringList& fields, const QString& term)
{
    const auto tokens = domain::lexFilter(text);
    if (!tokens) // cannot be parsed: start afresh
        return term;
    const auto found = plainTerms(*tokens, fields);
    QString result = text;
    for (auto it = found.rbegin(); it != found.rend(); ++it) {
        const QString instead = std::next(it) == found.rend() ? term : QString();
        const qsizetype behind = it->position + it->length;
        const bool takesBlank =
            instead.isEmpty() && behind < result.size() && result[behind].isSpace();
        result.replace(it->position, it->length + (takesBlank ? 1 : 0), instead);
    }
    if (found.empty() && !term.isEmpty())
        return withAdded(text, term);
    return result.trimmed();
}

QString withoutCondition(const QString& text, const QString& term)
{
    const auto tokens = domain::lexFilter(text);
    const auto wanted = domain::lexFilter(term);
    if (!tokens || !wanted || wanted->size() != 2 || hasOr(text))
        return text;
    const FilterToken& gone = wanted->front();
    const auto areSame = [](const FilterToken& one, const FilterToken& other) {
        return one.kind == other.kind && one.field == other.field && one.path == other.path &&
               one.op == other.op &&
               std::equal(one.values.begin(), one.values.end(), other.values.begin(),
                          other.values.end(), [](const auto& a, const auto& b) {
                              return a.text.compare(b.text, Qt::CaseInsensitive) == 0;
                          });
    };
    QString result;
    qsizetype kept = 0; // up to here it is in the result already
    int depth = 0;
    for (size_t i = 0; i < tokens->size(); ++i) {
        const FilterToken& token = (*tokens)[i];
        depth += token.kind == FilterToken::Kind::Open    ? 1
                 : token.kind == FilterToken::Kind::Close ? -1
                                                          : 0;
        if (depth > 0 || !areSame(token, gone))
            continue;
        const bool isNegated = i > 0 && ((*tokens)[i - 1].kind == FilterToken::Kind::Minus ||
                                         (*tokens)[i - 1].kind == FilterToken::Kind::Not);
        const qsizetype from = isNegated ? (*tokens)[i - 1].position : token.position;
        result += text.mid(kept, from - kept);
        kept = token.position + token.length;
        while (kept < text.size() && text[kept].isSpace())
            ++kept;
    }
    result += text.mid(kept);
    return kept == 0 ? text : result.trimmed();
}

QString withAdded(const QString& text, const QString& term)
{
    if (text.trimmed().isEmpty())
        return term;
    return (hasOr(text) ? u'(' + text.trimmed() + u')' : text.trimmed()) + u' ' + term;
}

} // namespace queuedeck::ui
