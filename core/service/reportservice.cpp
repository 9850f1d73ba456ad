// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/reportservice.h"

#include "core/async/taskthread.h"
#include "core/base/wholefile.h"
#include "core/handlers/report_generation/reportfiles.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Sentence;

namespace {
base::Result<QString> copy(const QString& folder, const domain::JobId& job, const QString& path,
                           bool mayReplace)
{
    const auto report = handlers::ReportFiles(folder).find(job);
    if (!report)
        return base::fail(ErrorKind::NotFound,
                          Sentence::tr("There is no report of this job on this computer."));
    QFile file(report->path);
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(ErrorKind::NotFound, Sentence::tr("The report %1 cannot be read: %2.")
                                                   .arg(report->path, file.errorString()));
    const QByteArray bytes = file.readAll();
    auto whole = base::WholeFile::write(path, bytes, base::WholeFile::Readers::ByUmask);
    if (!whole)
        return whole.error();
    if (const base::Status published = (*whole)->publish(mayReplace); !published)
        return published.error();
    return QFileInfo(path).absoluteFilePath();
}
} // namespace

ReportService::ReportService(QString folder)
    : m_folder(std::move(folder))
{
}

ReportService::~ReportService() = default;

async::TaskThread& ReportService::thread()
{
    if (!m_thread)
        m_thread = std::make_unique<async::TaskThread>("qd-reports");
    return *m_thread;
}

QFuture<base::Result<QVector<domain::ReportFile>>> ReportService::list()
{
    return thread().run([folder = m_folder]() -> base::Result<QVector<domain::ReportFile>> {
        return handlers::ReportFiles(folder).list();
    });
}

QFuture<base::Result<std::optional<domain::ReportFile>>>
ReportService::report(const domain::JobId& job)
{
    return thread().run(
        [folder = m_folder, job]() -> base::Result<std::optional<domain::ReportFile>> {
            return handlers::ReportFiles(folder).find(job);
        });
}

QFuture<base::Result<QString>> ReportService::save(const domain::JobId& job, const QString& path,
                                                   bool mayReplace)
{
    return thread().run(
        [folder = m_folder, job, path, mayReplace] { return copy(folder, job, path, mayReplace); });
}

} // namespace queuedeck::service
