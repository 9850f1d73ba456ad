// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jsonmembers.h"

#include "core/domain/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::Sentence;

namespace {
bool isBlank(QChar c)
{
    return c == u' ' || c == u'\n' || c == u'\r' || c == u'\t';
}

qsizetype afterBlanks(const QString& text, qsizetype at)
{
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

// The end of the string that begins at `at` with its quotation mark.
qsizetype afterString(const QString& text, qsizetype at)
{
    for (++at; at < text.size(); ++at) {
        if (text[at] == u'\\')
            ++at;
        else if (text[at] == u'"')
            return at + 1;
    }
    return text.size();
}

// The end of the value that begins at `at`, in valid JSON.
qsizetype afterValue(const QString& text, qsizetype at)
{
    int depth = 0;
    while (at < text.size()) {
        const QChar c = text[at];
        if (c == u'"') {
            at = afterString(text, at);
        } else if (c == u'{' || c == u'[') {
            ++depth;
            ++at;
        } else if (c == u'}' || c == u']') {
            --depth;
            ++at;
        } else if (depth == 0) { // a number or a word
            while (at < text.size() && !isBlank(text[at]) && !u",}]"_s.contains(text[at]))
                ++at;
            return at;
        } else {
            ++at;
            continue;
        }
        if (depth == 0)
            return at;
    }
    return at;
}

QString textOf(const QString& string)
{
    return QJsonDocument::fromJson('[' + string.toUtf8() + ']').array().at(0).toString();
}

Sentence faultOf(QJsonParseError::ParseError error)
{
    switch (error) {
    case QJsonParseError::MissingValueSeparator: return Sentence::tr("a comma is missing.");
    case QJsonParseError::MissingNameSeparator:
        return Sentence::tr("a colon is missing after the name.");
    case QJsonParseError::UnterminatedObject: return Sentence::tr("a } is missing.");
    case QJsonParseError::UnterminatedArray: return Sentence::tr("a ] is missing.");
    case QJsonParseError::UnterminatedString:
        return Sentence::tr("a text has no end: \" is missing.");
    case QJsonParseError::IllegalValue: return Sentence::tr("this is no value.");
    case QJsonParseError::IllegalNumber:
    case QJsonParseError::TerminationByNumber: return Sentence::tr("this is no number.");
    case QJsonParseError::IllegalEscapeSequence:
        return Sentence::tr("there is no such \\ sequence.");
    case QJsonParseError::MissingObject:
        return Sentence::tr("a name in quotation marks must follow.");
    case QJsonParseError::GarbageAtEnd: return Sentence::tr("something follows the last }.");
    default: return Sentence::tr("this is not JSON.");
    }
}

// Before the member that `members[number]` is, or what a new one begins with.
QString separator(const QString& text, const QVector<JsonMember>& members, qsizetype number)
{
    const qsizetype start = members[number].start;
    qsizetype from = start;
    while (from > 0 && isBlank(text[from - 1]))
        --from;
    return text.mid(from, start - from);
}
} // namespace

base::Status checkObjectText(const QString& text)
{
    const QByteArray json = text.toUtf8();
    if (jsonDepth(json) > kDeepestJson) // Qt would parse it by recursion
        return base::fail(base::ErrorKind::Invalid,
                          Sentence::tr("It is nested deeper than %1 levels.").arg(kDeepestJson));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (document.isObject())
        return {};
    if (error.error == QJsonParseError::NoError)
        return base::fail(base::ErrorKind::Invalid,
                          Sentence::tr("It must be a JSON object, as in {}."));
    // Where something follows, Qt misses the end and not the comma. What is missing belongs to the
    // line before.
    const bool isComma = error.offset < json.lastIndexOf('}') &&
                         (error.error == QJsonParseError::UnterminatedObject ||
                          error.error == QJsonParseError::UnterminatedArray);
    const auto fault = isComma ? QJsonParseError::MissingValueSeparator : error.error;
    qsizetype at = std::clamp<qsizetype>(isComma ? error.offset - 1 : error.offset, 0, json.size());
    while (at > 0 && (at == json.size() || isBlank(QLatin1Char(json[at - 1]))))
        --at;
    return base::fail(
        base::ErrorKind::Invalid,
        Sentence::tr("Line %1: %2").arg(json.left(at).count('\n') + 1, faultOf(fault)));
}

QVector<JsonMember> membersOf(const QString& text)
{
    QVector<JsonMember> members;
    if (!checkObjectText(text))
        return members;
    qsizetype at = afterBlanks(text, afterBlanks(text, 0) + 1);
    while (at < text.size() && text[at] == u'"') {
        JsonMember member;
        member.start = at;
        at = afterString(text, at);
        member.key = textOf(text.mid(member.start, at - member.start));
        at = afterBlanks(text, afterBlanks(text, at) + 1); // the colon
        member.valueStart = at;
        at = afterValue(text, at);
        member.valueLength = at - member.valueStart;
        members += member;
        at = afterBlanks(text, at);
        if (at < text.size() && text[at] == u',')
            at = afterBlanks(text, at + 1);
    }
    return members;
}

QString withMember(const QString& text, const QString& key, const QString& value)
{
    const QVector<JsonMember> members = membersOf(text);
    // Of several with one name, readers take the last.
    for (auto member = members.crbegin(); member != members.crend(); ++member) {
        if (member->key == key)
            return QString(text).replace(member->valueStart, member->valueLength, value);
    }
    const QString added = jsonString(key) + u": "_s + value;
    if (members.isEmpty())
        return u"{\n  "_s + added + u"\n}"_s;
    const JsonMember& last = members.last();
    return QString(text).insert(last.valueStart + last.valueLength,
                                u',' + separator(text, members, members.size() - 1) + added);
}

QString withoutMember(const QString& text, const QString& key)
{
    const QVector<JsonMember> members = membersOf(text);
    for (qsizetype i = members.size() - 1; i >= 0; --i) {
        if (members[i].key != key)
            continue;
        if (members.size() == 1)
            return u"{\n}"_s;
        const bool isLast = i + 1 == members.size();
        const qsizetype from =
            isLast ? members[i - 1].valueStart + members[i - 1].valueLength : members[i].start;
        const qsizetype to =
            isLast ? members[i].valueStart + members[i].valueLength : members[i + 1].start;
        return QString(text).remove(from, to - from);
    }
    return text;
}

QString jsonString(const QString& text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1).chopped(1));
}

} // namespace queuedeck::domain
