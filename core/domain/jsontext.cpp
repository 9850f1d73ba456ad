// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jsontext.h"

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::ErrorKind;
using base::fail;

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

base::Result<QJsonDocument> parseJson(const QByteArray& json, const QString& subject)
{
    if (jsonDepth(json) > kDeepestJson)
        return fail(ErrorKind::Invalid,
                    u"%1 is nested deeper than %2 levels."_s.arg(subject).arg(kDeepestJson));
    QJsonParseError error;
    QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (document.isNull())
        return fail(ErrorKind::Invalid,
                    u"%1 is not JSON: %2 at byte %3."_s.arg(subject, error.errorString())
                        .arg(error.offset));
    return document;
}

} // namespace queuedeck::domain
