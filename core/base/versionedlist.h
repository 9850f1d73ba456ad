// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QJsonArray>
#include <QJsonObject>

namespace queuedeck::base {

/// What our small files hold: `{"version": 1, "views": […]}`, and other keys.
struct VersionedList
{
    int version = 1;
    QJsonArray entries;
    QJsonObject more; ///< the other keys of the document
};

/// Invalid: it is not such a document, or the list `key` has more than `most` entries; half a
/// sentence, as in "… cannot be read: it is not JSON".
Result<VersionedList> versionedListFrom(const QByteArray& bytes, const QString& key,
                                        qsizetype most);
QByteArray versionedListJson(const VersionedList& list, const QString& key);

} // namespace queuedeck::base
