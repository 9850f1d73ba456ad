// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/importsink.h"
#include "core/engine/handler.h"
#include "core/handlers/bulk_import/importrun.h"

namespace queuedeck::handlers {

/// Opens where imports write, on the calling thread.
using OpenImports = std::function<base::Result<std::unique_ptr<domain::ImportSink>>()>;

/// Imports a file that is on this computer: `{batchId}` of the application's ImportBatch, or
/// `{file, dataType, mapping}`. A job whose file is not here waits, without using up an attempt.
/// Written in batches; a run that broke off is repeated from the beginning and finds what is there
/// already.
class BulkImportHandler final : public engine::Handler
{
public:
    /// `folder`: where files to import lie.
    BulkImportHandler(OpenImports open, QString folder);

    engine::TaskResult run(const engine::Task& task) override;

private:
    engine::TaskResult runIn(const engine::Task& task, domain::ImportSink& sink);
    engine::TaskResult imported(const engine::Task& task, const ImportRequest& request,
                                const QString& path, domain::ImportSink& sink);

    const OpenImports m_open;
    const QString m_folder;
    QJsonObject m_lastResult;
};

} // namespace queuedeck::handlers
