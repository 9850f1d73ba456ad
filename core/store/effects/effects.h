// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/journalentry.h"
#include "core/store/effects/effecttype.h"

#include <memory>

namespace queuedeck::store {

/// The kinds of effects that a store carries out. A value; made once and not changed while stores
/// use it.
class Effects
{
public:
    /// Those of the built-in job types.
    static const Effects& builtIn();

    void add(std::shared_ptr<const EffectType> type) { m_types.push_back(std::move(type)); }

    /// The types of jobs that an effect follows, as :following.
    QVariant following(db::Dialect dialect) const;
    bool follows(const QString& jobType) const;

    /// Writes what follows from the moves, in the open transaction. With a journal entry, what was
    /// written is noted there, for Undo.
    base::Status follow(const EffectPlace& place, const QVector<Move>& moves,
                        const domain::JournalId& journal = {}) const;
    /// Puts back what an entry's effects wrote, where it still stands so.
    base::Status restore(const EffectPlace& place, const domain::JournalId& journal) const;
    /// Which effect a job has by its type and payload.
    std::optional<domain::Effect> effectOf(const QString& jobType, const QByteArray& payload) const;

private:
    std::vector<std::shared_ptr<const EffectType>> m_types;
};

/// Reads what the `moves` statements give.
QVector<Move> movesFromRows(const db::Rows& rows);

} // namespace queuedeck::store
