// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/filterterms.h"

#include "core/domain/filtertimes.h"
#include "core/domain/jobstatus.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
using Compare = FilterTerm::Compare;
using Field = FilterTerm::Field;
using Operator = FilterToken::Operator;
using Term = tl::expected<FilterTerm, QString>; // or the error message

struct FieldRule
{
    QLatin1String name;
    Field field;
    bool hasOrder; ///< may be compared with < and >
    QLatin1String example;
};
constexpr FieldRule kFields[] = {
    {"status"_L1, Field::Status, false, "status:failed"_L1},
    {"type"_L1, Field::Type, false, "type:image_extraction"_L1},
    {"id"_L1, Field::Id, false, "id:3fa8"_L1},
    {"error"_L1, Field::Error, false, "error:\"timeout\""_L1},
    {"attempts"_L1, Field::Attempts, true, "attempts>=3"_L1},
    {"created"_L1, Field::Created, true, "created:2026-11-01..2026-11-05"_L1},
    {"finished"_L1, Field::Finished, true, "finished>=2026-11-01"_L1},
    {"age"_L1, Field::Age, true, "age>2h"_L1},
    {"payload"_L1, Field::Payload, false, "payload.scanId:3fa8"_L1},
    {"is"_L1, Field::Dead, false, "is:dead"_L1},
    {"has"_L1, Field::HasError, false, "has:error"_L1},
};

const FieldRule* ruleOf(const QString& name)
{
    for (const FieldRule& rule : kFields) {
        if (name == rule.name)
            return &rule;
    }
    return nullptr;
}

bool isOrder(Operator op)
{
    return op != Operator::Has && op != Operator::Equal && op != Operator::NotEqual;
}

Compare compareOf(Operator op)
{
    switch (op) {
    case Operator::Less: return Compare::Less;
    case Operator::LessOrEqual: return Compare::LessOrEqual;
    case Operator::Greater: return Compare::Greater;
    case Operator::GreaterOrEqual: return Compare::GreaterOrEqual;
    case Operator::Has:
    case Operator::Equal:
    case Operator::NotEqual: break;
    }
    return Compare::Is;
}

Term wrong(const base::Sentence& message)
{
    return tl::unexpected(message);
}

// A word that is no status is usually a typo; in quotes it is taken literally.
Term statusTerm(const FilterValue& value)
{
    if (value.isQuoted)
        return FilterTerm{.field = Field::Status, .compare = Compare::Is, .text = value.text};
    const QString word = value.text.toLower();
    if (word == "unknown"_L1 || statusFromText(word) != JobStatus::Unknown)
        return FilterTerm{.field = Field::Status, .compare = Compare::Is, .text = word};
    return wrong(
        base::Sentence::tr("status is pending, processing, completed, failed or unknown."));
}

Term attemptsTerm(Operator op, const QString& text)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || !text.front().isDigit() || number > std::numeric_limits<int>::max())
        return wrong(base::Sentence::tr("attempts needs a number, as in attempts>=3."));
    return FilterTerm{.field = Field::Attempts, .compare = compareOf(op), .number = number};
}

Term timeTerm(const FieldRule& rule, Operator op, const QString& text)
{
    const auto span = parseTimeSpan(text, !isOrder(op));
    if (!span) {
        return wrong(base::Sentence::tr("%1 needs a date or a time in UTC, as in %1>=2026-11-01 or "
                                        "%1:2026-11-01T14:30..2026-11-05.")
                         .arg(rule.name));
    }
    FilterTerm term{
        .field = rule.field, .compare = Compare::Between, .from = span->from, .to = span->to};
    // The span is the whole day (minute, second) named; a comparison uses one edge of it.
    switch (op) {
    case Operator::Less: term.to = span->from; break;
    case Operator::Greater: term.from = span->to; break;
    default: break;
    }
    if (op == Operator::Less || op == Operator::LessOrEqual)
        term.from = {};
    if (op == Operator::Greater || op == Operator::GreaterOrEqual)
        term.to = {};
    if (term.from.isValid() && term.to.isValid() && term.from >= term.to)
        return wrong(base::Sentence::tr("The range of %1 ends before it begins.").arg(rule.name));
    return term;
}

Term ageTerm(Operator op, const QString& text)
{
    const auto age = parseAge(text);
    if (!isOrder(op) || !age)
        return wrong(base::Sentence::tr(
            "age needs a comparison and a duration in s, min, h, d or w, as in age>2h."));
    return FilterTerm{.field = Field::Age, .compare = compareOf(op), .number = age->count()};
}

Term isTerm(const FilterValue& value)
{
    if (value.text.compare("dead"_L1, Qt::CaseInsensitive) == 0)
        return FilterTerm{.field = Field::Dead, .compare = Compare::Is};
    if (value.text.compare("stuck"_L1, Qt::CaseInsensitive) == 0)
        return FilterTerm{.field = Field::Stuck, .compare = Compare::Is};
    const Term status = statusTerm(FilterValue{value.text});
    return status ? status
                  : wrong(base::Sentence::tr(
                        "is knows dead, stuck, unknown and the statuses, as in is:dead."));
}

Term hasTerm(const FilterValue& value)
{
    if (value.text.compare("error"_L1, Qt::CaseInsensitive) == 0)
        return FilterTerm{.field = Field::HasError, .compare = Compare::Is};
    return wrong(base::Sentence::tr("has knows error, as in has:error."));
}

Term makeTerm(const FieldRule& rule, const FilterToken& token, const FilterValue& value)
{
    const bool isExact = token.op != Operator::Has;
    FilterTerm text{.field = rule.field, .compare = Compare::Is, .text = value.text};
    switch (rule.field) {
    case Field::Status: return statusTerm(value);
    case Field::Attempts: return attemptsTerm(token.op, value.text);
    case Field::Created:
    case Field::Finished: return timeTerm(rule, token.op, value.text);
    case Field::Age: return ageTerm(token.op, value.text);
    case Field::Dead:
    case Field::Stuck: return isTerm(value);
    case Field::HasError: return hasTerm(value);
    case Field::Id: text.compare = isExact ? Compare::Is : Compare::StartsWith; break;
    case Field::Error: text.compare = isExact ? Compare::Is : Compare::Contains; break;
    case Field::Payload: text.path = token.path; break;
    case Field::Type:
    case Field::Text: break;
    }
    return text;
}

tl::unexpected<TextError> wrongAt(qsizetype position, qsizetype length,
                                  const base::Sentence& message)
{
    return tl::unexpected(TextError{position, length, message});
}
} // namespace

tl::expected<FilterNode, TextError> makeFilterNode(const FilterToken& token)
{
    if (token.kind == FilterToken::Kind::Text) {
        if (token.values.front().text.isEmpty())
            return wrongAt(token.position, token.length,
                           base::Sentence::tr("There is nothing between these quotes."));
        return FilterNode{FilterNode::Kind::Term, {.text = token.values.front().text}, {}};
    }
    const FieldRule* rule = ruleOf(token.field);
    if (!rule) {
        return wrongAt(
            token.position, token.field.size(),
            base::Sentence::tr(
                "There is no field %1. The fields are status, type, id, error, attempts, "
                "created, finished, age, payload, is and has; a word in quotes is searched for.")
                .arg(token.field));
    }
    if (rule->field == Field::Payload && (token.path.isEmpty() || token.path.contains(QString())))
        return wrongAt(token.position, token.length,
                       base::Sentence::tr("payload needs a key, as in payload.scanId:3fa8."));
    if (isOrder(token.op) && (!rule->hasOrder || token.values.size() > 1)) {
        return wrongAt(
            token.position, token.length,
            rule->hasOrder
                ? base::Sentence::tr("A comparison takes one value, as in %1.").arg(rule->example)
                : base::Sentence::tr("%1 cannot be compared with < or >; it is written as in %2.")
                      .arg(rule->name, rule->example));
    }

    FilterNode any{FilterNode::Kind::Any, {}, {}};
    for (const FilterValue& value : token.values) {
        if (value.text.isEmpty() && !(value.isQuoted && rule->field == Field::Payload))
            return wrongAt(
                token.position, token.length,
                base::Sentence::tr("%1 needs a value, as in %2.").arg(rule->name, rule->example));
        Term term = makeTerm(*rule, token, value);
        if (!term)
            return wrongAt(value.position, value.length, term.error());
        any.children.push_back({FilterNode::Kind::Term, std::move(*term), {}});
    }
    if (any.children.empty())
        return wrongAt(
            token.position, token.length,
            base::Sentence::tr("%1 needs a value, as in %2.").arg(rule->name, rule->example));
    FilterNode node = any.children.size() == 1 ? any.children.front() : std::move(any);
    if (token.op == Operator::NotEqual) {
        FilterNode negated{FilterNode::Kind::Not, {}, {}};
        negated.children.push_back(std::move(node));
        return negated;
    }
    return node;
}

} // namespace queuedeck::domain
