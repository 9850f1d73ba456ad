// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/effect.h"
#include "core/domain/job.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

/// A job that changed status, with the data its effects need. Texts as in the table.
struct Move
{
    domain::JobId id;
    QString type;
    QString oldStatus;
    QString oldError;
    QString status; ///< null: the job was deleted
    QString error;
    QByteArray payload;                   ///< only for types that have an effect
    QVector<domain::Effect> effects = {}; ///< from the handler; if empty, by the payload
};

/// What an effect wrote: a row of another table before and after, as JSON texts.
struct EffectImage
{
    QString target;
    QString before;
    QString after;
};

/// What an effect needs from the store. Lives for one call.
struct EffectPlace
{
    db::Connection& connection;
    const TableShape& shape;
    const SqlText& sql;
    QDateTime now; ///< UTC
};

/// Runs a statement that takes :targets :befores :afters, or on SQLite the table queuedeck_effects.
base::Result<db::Rows> runOnImages(const EffectPlace& place, const Sql& sql,
                                   const QVector<EffectImage>& images, db::Params params = {});

/// A kind of effect. It writes in the transaction that moves the jobs, whether an engine settles or
/// rescues them or a person retries or cancels them. Stateless; called on the thread of the
/// connection.
class EffectType
{
public:
    virtual ~EffectType() = default;

    /// The name that handlers use: Effect::kind.
    virtual QString kind() const = 0;
    /// The job types whose effect follows every change of status.
    virtual QStringList jobTypes() const = 0;
    /// The effect of a job of such a type according to its payload: used where no handler returned
    /// one.
    virtual std::optional<domain::Effect> effectOf(const QByteArray& payload) const = 0;
    /// Writes the effects of the moves; each has one effect of this kind. Returns what was written.
    virtual base::Result<QVector<EffectImage>> follow(const EffectPlace& place,
                                                      const QVector<Move>& moves) const = 0;
    /// Reverts what a change wrote, unless it has been written since. Returns the targets that were
    /// reverted.
    virtual base::Result<QStringList> restore(const EffectPlace& place,
                                              const QVector<EffectImage>& images) const = 0;
};

} // namespace queuedeck::store
