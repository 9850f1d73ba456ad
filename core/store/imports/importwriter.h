// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/importsink.h"
#include "core/store/imports/importnotes.h"
#include "core/store/jobstore.h"

#include <memory>

namespace queuedeck::store {

class TargetWriter;

/// Writes imports into the application's tables, on a connection of its own.
class ImportWriter final : public domain::ImportSink
{
public:
    ImportWriter(std::unique_ptr<JobStore> store, const base::Clock& clock);
    ~ImportWriter() override;

    base::Status begin(const domain::ImportScope& scope) override;
    base::Result<QVector<domain::ImportVerdict>>
    write(const QVector<domain::ImportRow>& rows) override;
    base::Result<QVector<domain::ImportVerdict>>
    write(const QVector<domain::SalesOrder>& orders) override;

    base::Result<domain::ImportBatch> batch(const QString& id) override;
    base::Status batchStarted(const QString& id) override;
    base::Status batchEnded(const QString& id, bool succeeded, const QJsonObject& summary) override;

private:
    base::Result<QString> tenantFor(const QString& wanted);
    base::Result<QString> batchStatement(const Sql& sql);

    template <class Item>
    base::Result<QVector<domain::ImportVerdict>> once(const QVector<Item>& items);
    template <class Item>
    base::Result<QVector<domain::ImportVerdict>> splitting(const QVector<Item>& items);

    std::unique_ptr<JobStore> m_store;
    const base::Clock& m_clock;
    domain::ImportScope m_scope;
    std::optional<ImportNotes> m_notes; ///< none in a trial, for a guest, and of scans
    std::unique_ptr<TargetWriter> m_target;
};

} // namespace queuedeck::store
