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

// False: the key was there.
bool KeyedIds::add(const QString& key, const QString& id, bool isMarked)
{
    auto place = quint32(m_ids.size()) * 2 + quint32(isMarked);
    if (!m_places.insert(key, place))
        return false;
    m_ids.push_back(QUuid::fromString(id));
    return true;
}

void KeyedIds::insert(const QString& key, const QString& id, bool isMarked)
{
    if (!add(key, id, isMarked))
        m_ids[*m_places.find(key) / 2] = QUuid();
}

void KeyedIds::insertNew(const QString& key, const QString& id, bool isMarked)
{
    if (add(key, id, isMarked))
        m_new += key;
}

KeyedIds::Row KeyedIds::find(const QString& key) const
{
    const quint32* place = m_places.find(key);
    if (!place)
        return {};
    const QUuid& id = m_ids[*place / 2];
    if (id.isNull())
        return {Found::Several};
    return {Found::One, id.toString(QUuid::WithoutBraces), *place % 2 != 0};
}

void KeyedIds::settle(bool kept)
{
    if (!kept) {
        for (const QString& key : std::as_const(m_new))
            m_places.remove(key);
        m_ids.resize(m_ids.size() - size_t(m_new.size()));
    }
    m_new.clear();
}

} // namespace queuedeck::store
