// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/imports/importids.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
// Of our own, made once at random.
const QUuid kNamespace(u"5b1d9f0c-6f0e-4a57-9a2b-8f6f0d3c7e11"_s);
} // namespace

QString importedId(const QString& job, const QString& table, const QString& key)
{
    return QUuid::createUuidV5(kNamespace, job + u'\n' + table + u'\n' + key)
        .toString(QUuid::WithoutBraces);
}

QUuid KeyedIds::digest(const QString& key)
{
    return QUuid::createUuidV5(kNamespace, key);
}

void KeyedIds::insert(const QString& key, const QString& id, bool isMarked)
{
    const auto [entry, isNew] =
        m_entries.try_emplace(digest(key), Entry{QUuid::fromString(id), isMarked});
    if (!isNew)
        entry->second.id = QUuid();
}

void KeyedIds::insertNew(const QString& key, const QString& id, bool isMarked)
{
    const QUuid known = digest(key);
    if (m_entries.try_emplace(known, Entry{QUuid::fromString(id), isMarked}).second)
        m_new.push_back(known);
}

KeyedIds::Row KeyedIds::find(const QString& key) const
{
    const auto entry = m_entries.find(digest(key));
    if (entry == m_entries.end())
        return {};
    if (entry->second.id.isNull())
        return {Found::Several};
    return {Found::One, entry->second.id.toString(QUuid::WithoutBraces), entry->second.isMarked};
}

void KeyedIds::settle(bool kept)
{
    if (!kept) {
        for (const QUuid& key : m_new)
            m_entries.erase(key);
    }
    m_new.clear();
}

} // namespace queuedeck::store
