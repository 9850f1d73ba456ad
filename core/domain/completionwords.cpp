// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/completionwords.h"

#include "core/domain/jobfilter.h"
#include "core/domain/querycompletion.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::Sentence;
using Operator = FilterToken::Operator;

namespace {
bool isOrder(Operator op)
{
    return op != Operator::Has && op != Operator::Equal && op != Operator::NotEqual;
}

QVector<CountedWord> plain(const QStringList& words)
{
    QVector<CountedWord> counted;
    for (const QString& word : words)
        counted += {word};
    return counted;
}

QVector<CountedWord> days(const QDate& today, Operator op)
{
    if (!today.isValid())
        return {};
    const auto text = [&](int before) { return today.addDays(-before).toString(Qt::ISODate); };
    if (isOrder(op))
        return plain({text(0), text(1), text(7), text(30)});
    return plain({text(0), text(1), text(6) + u".."_s + text(0), text(29) + u".."_s + text(0)});
}
} // namespace

const QVector<FieldWords>& fieldWords()
{
    static const QVector<FieldWords> kFields{
        {u"status"_s, u":"_s, {}},
        {u"type"_s, u":"_s, {}},
        {u"error"_s, u":"_s, Sentence::tr("what the last error says")},
        {u"attempts"_s, u">="_s, Sentence::tr("how often it was tried")},
        {u"age"_s, u"<"_s, Sentence::tr("since it was added")},
        {u"created"_s, u":"_s, Sentence::tr("when it was added")},
        {u"finished"_s, u":"_s, Sentence::tr("when it ended")},
        {u"id"_s, u":"_s, Sentence::tr("how its id begins")},
        {u"is"_s, u":"_s, Sentence::tr("dead, stuck or a status")},
        {u"has"_s, u":"_s, Sentence::tr("an error")},
        {u"payload"_s, u"."_s, Sentence::tr("a value in the payload")},
    };
    return kFields;
}

Sentence fieldNote(const FieldWords& field, const QueryVocabulary& vocabulary)
{
    if (field.name == "status"_L1)
        return Sentence::tr("%1 values").arg(vocabulary.statuses.size());
    if (field.name == "type"_L1)
        return vocabulary.types.size() == 1
                   ? Sentence::tr("1 value")
                   : Sentence::tr("%1 values").arg(vocabulary.types.size());
    return field.note;
}

QVector<OperatorWords> operatorWords(const QString& field)
{
    const OperatorWords has{u":"_s, field == "id"_L1      ? Sentence::tr("begins with")
                                    : field == "error"_L1 ? Sentence::tr("contains")
                                                          : Sentence::tr("is")};
    const OperatorWords is{u"="_s, Sentence::tr("is exactly")};
    const OperatorWords isNot{u"!="_s, Sentence::tr("is not")};
    const QVector<OperatorWords> order{{u"<"_s, Sentence::tr("less than")},
                                       {u"<="_s, Sentence::tr("at most")},
                                       {u">"_s, Sentence::tr("more than")},
                                       {u">="_s, Sentence::tr("at least")}};
    const QVector<OperatorWords> times{{u"<"_s, Sentence::tr("before")},
                                       {u"<="_s, Sentence::tr("until the end of")},
                                       {u">"_s, Sentence::tr("after")},
                                       {u">="_s, Sentence::tr("from the beginning of")}};
    if (field == "payload"_L1 || field == "has"_L1)
        return {};
    if (field == "age"_L1)
        return order;
    if (field == "attempts"_L1)
        return QVector<OperatorWords>{has, isNot} + order;
    if (field == "created"_L1 || field == "finished"_L1)
        return QVector<OperatorWords>{has, isNot} + times;
    if (field == "status"_L1 || field == "is"_L1 || field == "type"_L1)
        return {has, isNot};
    return {has, is, isNot};
}

QString exampleAfter(const QString& field, const QString& before)
{
    if (field == "attempts"_L1)
        return u"1"_s;
    if (field == "age"_L1)
        return u"1h"_s;
    if (field == "created"_L1 || field == "finished"_L1)
        return u"2026-11-01"_s;
    if (field == "status"_L1 || field == "is"_L1)
        return u"failed"_s;
    if (field == "has"_L1)
        return u"error"_s;
    return before.endsWith(u'.') ? u"key:x"_s : u"x"_s;
}

QVector<CountedWord> valuesOf(const FilterToken& term, const QueryVocabulary& vocabulary)
{
    const QString& field = term.field;
    if (field == "age"_L1)
        return isOrder(term.op) ? plain({u"15min"_s, u"1h"_s, u"1d"_s, u"7d"_s, u"30d"_s})
                                : QVector<CountedWord>();
    if (field == "created"_L1 || field == "finished"_L1)
        return days(vocabulary.today, term.op);
    if (field == "attempts"_L1)
        return plain({u"0"_s, u"1"_s, u"2"_s, u"3"_s});
    if (isOrder(term.op))
        return {};
    if (field == "status"_L1)
        return vocabulary.statuses;
    if (field == "is"_L1)
        return vocabulary.conditions + vocabulary.statuses;
    if (field == "has"_L1)
        return plain({u"error"_s});
    if (field == "type"_L1)
        return vocabulary.types;
    const int path = pathOf(term, vocabulary);
    return path < 0 ? QVector<CountedWord>() : vocabulary.paths[path].values;
}

int pathOf(const FilterToken& term, const QueryVocabulary& vocabulary)
{
    if (term.field != "payload"_L1)
        return -1;
    const auto found =
        std::find_if(vocabulary.paths.cbegin(), vocabulary.paths.cend(),
                     [&term](const PayloadPath& path) { return path.keys == term.path; });
    return found == vocabulary.paths.cend() ? -1 : int(found - vocabulary.paths.cbegin());
}

Sentence pathNote(const PayloadPath& path)
{
    if (path.isAllDifferent())
        return Sentence::tr("all different");
    if (path.distinct == 0)
        return {};
    return path.distinct == 1 ? Sentence::tr("1 value")
                              : Sentence::tr("%1 values").arg(path.distinct);
}

QString writtenValue(const QString& value)
{
    const auto tokens = lexFilter(u"type:"_s + value);
    const bool isPlain = tokens && tokens->size() == 2 && tokens->front().op == Operator::Has &&
                         tokens->front().values.size() == 1 &&
                         !tokens->front().values.front().isQuoted &&
                         tokens->front().values.front().text == value;
    return isPlain ? value : quotedValue(value);
}

Sentence fieldHelp(const QString& field)
{
    if (field == "status"_L1)
        return Sentence::tr(
            "Where a job stands: pending, processing, completed, failed; unknown is "
            "any other word.");
    if (field == "type"_L1)
        return Sentence::tr("The kind of job. Commas give several, as in type:a,b.");
    if (field == "id"_L1)
        return Sentence::tr("The job's id. id: finds those that begin so.");
    if (field == "error"_L1)
        return Sentence::tr(
            "A part of the last error; error= the whole of it. Quotes allow spaces.");
    if (field == "attempts"_L1)
        return Sentence::tr("How often the job was tried, as in attempts>=3.");
    if (field == "created"_L1 || field == "finished"_L1)
        return Sentence::tr(
                   "A day or a minute in UTC, or a range whose last day is included, as in "
                   "%1:2026-11-01..2026-11-05.")
            .arg(field);
    if (field == "age"_L1)
        return Sentence::tr(
            "How long ago the job was added, in s, min, h, d or w, as in age>2h. It "
            "is compared with the moment of each reading.");
    if (field == "is"_L1)
        return Sentence::tr(
            "dead: pending with no attempts left. stuck: processing, but abandoned.");
    if (field == "has"_L1)
        return Sentence::tr("has:error finds jobs with an error, whatever their status.");
    if (field == "payload"_L1)
        return Sentence::tr(
            "A value in the payload, by its path. 42 finds the number and the text. "
            "A path with blanks or dots is written in quotes.");
    return {};
}

} // namespace queuedeck::domain
