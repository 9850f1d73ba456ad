// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jsontext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::ErrorKind;
using base::fail;
using base::Sentence;

qsizetype jsonDepth(const QByteArray& json)
{
    qsizetype depth = 0;
    qsizetype deepest = 0;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            deepest = qMax(deepest, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return deepest;
}

namespace {
// A lone value is valid JSON, but not a document to Qt; empty if it is none.
Sentence loneValue(const QByteArray& json)
{
    const QJsonArray values = QJsonDocument::fromJson('[' + json + ']').array();
    if (values.size() != 1)
        return {};
    switch (values.first().type()) {
    case QJsonValue::Null: return u"null"_s;
    case QJsonValue::Bool: return u"true or false"_s;
    case QJsonValue::Double: return u"a number"_s;
    case QJsonValue::String: return Sentence::tr("a text; an object was probably encoded twice");
    default: return {};
    }
}
} // namespace

base::Result<QJsonDocument> parseJson(const QByteArray& json, const QString& subject)
{
    if (jsonDepth(json) > kDeepestJson)
        return fail(
            ErrorKind::Invalid,
            Sentence::tr("%1 is nested deeper than %2 levels.").arg(subject).arg(kDeepestJson));
    QJsonParseError error;
    QJsonDocument document = QJsonDocument::fromJson(json, &error);
    const QString lone = document.isNull() ? loneValue(json) : QString();
    if (!lone.isEmpty())
        return fail(
            ErrorKind::Invalid,
            Sentence::tr("%1 must be a JSON object, as in {}; this is %2.").arg(subject, lone));
    if (document.isNull())
        return fail(ErrorKind::Invalid, Sentence::tr("%1 is not JSON: %2 at byte %3.")
                                            .arg(subject, error.errorString())
                                            .arg(error.offset));
    return document;
}

} // namespace queuedeck::domain
