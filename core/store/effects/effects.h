// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/journalentry.h"
#include "core/store/effects/effecttype.h"

#include <memory>
#include <optional>

namespace queuedeck::store {

/// The kinds of effects that a store applies. A value; built once and not changed while stores use
/// it.
class Effects
{
public:
    /// Those of the built-in job types.
    static const Effects& builtIn();

    void add(std::shared_ptr<const EffectType> type) { m_types.push_back(std::move(type)); }

    /// The job types that have an effect, as the parameter :following.
    QVariant following(db::Dialect dialect) const;
    bool follows(const QString& jobType) const;

    /// Writes the effects of the moves in the open transaction. With a journal entry, records there
    /// what was written, for Undo.
    base::Status follow(const EffectPlace& place, const QVector<Move>& moves,
                        const domain::JournalId& journal = {}) const;
    /// Some of the effects of an entry.
    struct Span
    {
        QString after; ///< Restored::reached of those before; empty: from the first one
        int limit;
        domain::JournalId notedIn; ///< the entry that records what was reverted
    };
    struct Restored
    {
        QStringList targets;  ///< that were reverted
        QStringList left;     ///< that have been written since
        QString reached = {}; ///< the last of them
    };
    /// Reverts what an entry's effects wrote, unless it has been written since: all of them, or
    /// those of the span.
    base::Result<Restored> restore(const EffectPlace& place, const domain::JournalId& journal,
                                   const std::optional<Span>& span = {}) const;
    /// The effect that a job has according to its type and payload.
    std::optional<domain::Effect> effectOf(const QString& jobType, const QByteArray& payload) const;

private:
    std::vector<std::shared_ptr<const EffectType>> m_types;
};

/// Reads the rows of statements that return moves.
QVector<Move> movesFromRows(const db::Rows& rows);

} // namespace queuedeck::store
