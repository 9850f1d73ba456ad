// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/versionedlist.h"

#include "core/base/sentence.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::base {

Result<VersionedList> versionedListFrom(const QByteArray& bytes, const QString& key, qsizetype most)
{
    QJsonParseError wrong{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &wrong);
    if (wrong.error != QJsonParseError::NoError)
        return fail(ErrorKind::Invalid, Sentence::tr("it is not JSON: %1 at byte %2")
                                            .arg(wrong.errorString())
                                            .arg(wrong.offset));
    VersionedList list;
    list.more = document.object();
    const QJsonValue version = list.more.take(u"version"_s);
    const QJsonValue entries = list.more.take(key);
    if (!version.isDouble() || version.toDouble() < 1 || !entries.isArray())
        return fail(ErrorKind::Invalid,
                    Sentence::tr("it has no list \"%1\" with a version").arg(key));
    list.version = int(std::min(version.toDouble(), 1e9));
    list.entries = entries.toArray();
    if (list.entries.size() > most)
        return fail(ErrorKind::Invalid,
                    Sentence::tr("it has more than %1 entries in \"%2\"").arg(most).arg(key));
    return list;
}

QByteArray versionedListJson(const VersionedList& list, const QString& key)
{
    QJsonObject all = list.more;
    all[u"version"_s] = list.version;
    all[key] = list.entries;
    return QJsonDocument(all).toJson(QJsonDocument::Indented);
}

} // namespace queuedeck::base
