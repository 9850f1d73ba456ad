// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/domain/importsink.h"
#include "core/store/imports/importnotes.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

/// What a target's writer works on and with.
struct ImportPlace
{
    db::Connection& connection;
    const TableShape& shape;
    const base::Clock& clock;
    domain::ImportScope scope;    ///< with the tenant found
    ImportNotes* notes = nullptr; ///< null: nothing is recorded

    /// Whether an earlier run of this job wrote the row or unit; what became of it then.
    std::optional<domain::ImportVerdict> before(const QString& id) const
    {
        const auto isAdded = notes ? notes->written(id) : std::nullopt;
        if (!isAdded)
            return {};
        return domain::ImportVerdict{*isAdded ? domain::ImportVerdict::Kind::Created
                                              : domain::ImportVerdict::Kind::Updated};
    }
};

/// Writes the rows of one target within the open transaction. Lives on the thread of its
/// connection.
class TargetWriter
{
public:
    using Verdicts = base::Result<QVector<domain::ImportVerdict>>;

    virtual ~TargetWriter() = default;

    virtual Verdicts writeRows(const QVector<domain::ImportRow>& rows)
    {
        Q_UNUSED(rows)
        return wrongKind();
    }
    virtual Verdicts writeOrders(const QVector<domain::SalesOrder>& orders)
    {
        Q_UNUSED(orders)
        return wrongKind();
    }
    /// The transaction has ended; `kept` if it was committed.
    virtual void settle(bool kept) = 0;

private:
    static base::Error wrongKind()
    {
        return base::fail(base::ErrorKind::Internal,
                          QStringLiteral("This import does not take such rows."));
    }
};

} // namespace queuedeck::store
