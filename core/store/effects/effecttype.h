// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/effect.h"
#include "core/domain/job.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

/// A job that went from one status to another, and what it takes along. Texts as in the table.
struct Move
{
    domain::JobId id;
    QString type;
    QString oldStatus;
    QString oldError;
    QString status; ///< null: the job was deleted
    QString error;
    QByteArray payload;                   ///< only of the types that some effect follows
    QVector<domain::Effect> effects = {}; ///< that the handler returned; else the payload tells
};

/// What an effect wrote: a row beside the jobs as it was before and after, as JSON texts.
struct EffectImage
{
    QString target;
    QString before;
    QString after;
};

/// What an effect needs of the store. Lives as long as one call.
struct EffectPlace
{
    db::Connection& connection;
    const TableShape& shape;
    const SqlText& sql;
    QDateTime now; ///< UTC
};

/// Runs a statement that takes :targets :befores :afters, or reads them as queuedeck_effects.
base::Result<db::Rows> runOnImages(const EffectPlace& place, const Sql& sql,
                                   const QVector<EffectImage>& images, db::Params params = {});

/// A kind of effect. It writes in the transaction that moves the jobs, whoever moves them: an
/// engine that settles or rescues, or a person who retries or cancels. Without state; called on the
/// thread of the connection.
class EffectType
{
public:
    virtual ~EffectType() = default;

    /// The name that handlers give: Effect::kind.
    virtual QString kind() const = 0;
    /// The types of jobs whose effect follows them wherever they go.
    virtual QStringList jobTypes() const = 0;
    /// What a job of such a type has, by its payload: asked where no handler has spoken.
    virtual std::optional<domain::Effect> effectOf(const QByteArray& payload) const = 0;
    /// Writes what follows from the moves; each has one effect of this kind. Gives what was
    /// written.
    virtual base::Result<QVector<EffectImage>> follow(const EffectPlace& place,
                                                      const QVector<Move>& moves) const = 0;
    /// Puts back what a change wrote, where it still stands so.
    virtual base::Status restore(const EffectPlace& place,
                                 const QVector<EffectImage>& images) const = 0;
};

} // namespace queuedeck::store
