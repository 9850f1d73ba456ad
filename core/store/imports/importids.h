// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keytable.h"

#include <QStringList>
#include <QUuid>

#include <deque>

namespace queuedeck::store {

/// The id of a row that an import makes: the same for the same job and key, so that a run that
/// broke off and one that goes on meanwhile cannot make it twice.
QString importedId(const QString& job, const QString& table, const QString& key);

/// Which rows there are, by a key: 40 bytes for each, whatever the length of the key.
class KeyedIds
{
public:
    enum class Found { None, One, Several };
    struct Row
    {
        Found found = Found::None;
        QString id = {};
        bool isMarked = false; ///< whatever the caller meant by it
    };

    void insert(const QString& key, const QString& id, bool isMarked = false);
    /// The same for a row that has just been written, until the transaction ends.
    void insertNew(const QString& key, const QString& id, bool isMarked = false);
    Row find(const QString& key) const;
    /// `kept`: the rows since the last call were committed; else they are forgotten.
    void settle(bool kept);

private:
    bool add(const QString& key, const QString& id, bool isMarked);

    base::KeyTable m_places; ///< in m_ids, doubled, odd if marked
    std::deque<QUuid> m_ids; ///< a null one stands for several
    QStringList m_new;
};

} // namespace queuedeck::store
