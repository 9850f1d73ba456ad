// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/report_generation/reportfiles.h"

#include "core/base/privatefiles.h"
#include "core/base/wholefile.h"

#include <QDir>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using domain::ReportFile;

namespace {
constexpr qsizetype kLongestName = 180; // file systems take 255 bytes, with what is added

// A job's id may be any text, and this name must lead nowhere else: letters, digits, - and _ stay.
QString nameOf(const domain::JobId& job)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(job.value, {}, ".~"));
}

std::optional<ReportFile> reportFrom(const QFileInfo& file)
{
    const QStringList parts = file.fileName().split(u'.');
    if (parts.size() != 3 || !file.isFile() || file.isSymLink())
        return {};
    const auto kind = domain::reportKindFromText(parts[1]);
    const auto format = domain::reportFormatFromText(parts[2]);
    const domain::JobId job{QUrl::fromPercentEncoding(parts[0].toLatin1())};
    if (!kind || !format || job.isEmpty() || nameOf(job) != parts[0])
        return {};
    return ReportFile{
        job, *kind, *format, file.size(), file.lastModified().toUTC(), file.absoluteFilePath()};
}

// All that is there of a job, finished or not.
QFileInfoList filesOf(const QString& folder, const domain::JobId& job)
{
    const QString start = nameOf(job) + u'.';
    QFileInfoList files = QDir(folder).entryInfoList(
        QDir::Files | QDir::Dirs | QDir::Hidden | QDir::System, QDir::Name);
    files.removeIf([&start](const QFileInfo& file) { return !file.fileName().startsWith(start); });
    return files;
}

void removeLeftover(const QFileInfo& file)
{
    if (file.isDir() && !file.isSymLink())
        QDir(file.absoluteFilePath()).removeRecursively();
    else
        QFile::remove(file.absoluteFilePath());
}
} // namespace

ReportFiles::ReportFiles(QString folder)
    : m_folder(std::move(folder))
{
}

base::Status ReportFiles::prepare(const domain::JobId& job) const
{
    if (job.isEmpty() || nameOf(job).size() > kLongestName)
        return base::fail(
            base::ErrorKind::Unsupported,
            base::Sentence::tr(
                "The job's id is too long for the name of a file, so its report cannot "
                "be kept."));
    if (const base::Status made = base::makePrivateFolder(m_folder); !made)
        return made;
    for (const QFileInfo& file : filesOf(m_folder, job)) {
        if (!reportFrom(file))
            removeLeftover(file);
    }
    return {};
}

QString ReportFiles::scratch(const domain::JobId& job) const
{
    return u"%1/%2.scratch.XXXXXX"_s.arg(m_folder, nameOf(job));
}

base::Status ReportFiles::keep(const domain::JobId& job, domain::ReportKind kind,
                               domain::ReportFormat format, const QByteArray& bytes) const
{
    const QString path = u"%1/%2.%3.%4"_s.arg(m_folder, nameOf(job), domain::reportKindText(kind),
                                              domain::reportFormatText(format));
    auto file = base::WholeFile::write(path, bytes, base::WholeFile::Readers::Owner);
    if (!file)
        return file.error();
    if (const base::Status published = (*file)->publish(true); !published)
        return published;
    for (const QFileInfo& other : filesOf(m_folder, job)) {
        if (other.absoluteFilePath() != QFileInfo(path).absoluteFilePath())
            removeLeftover(other);
    }
    return {};
}

QVector<ReportFile> ReportFiles::list() const
{
    QVector<ReportFile> reports;
    for (const QFileInfo& file : QDir(m_folder).entryInfoList(QDir::Files, QDir::Name)) {
        if (const auto report = reportFrom(file))
            reports += *report;
    }
    std::stable_sort(reports.begin(), reports.end(),
                     [](const ReportFile& a, const ReportFile& b) { return a.madeAt > b.madeAt; });
    return reports;
}

std::optional<ReportFile> ReportFiles::find(const domain::JobId& job) const
{
    for (const QFileInfo& file : filesOf(m_folder, job)) {
        if (const auto report = reportFrom(file); report && report->job == job)
            return report;
    }
    return {};
}

void ReportFiles::remove(const domain::JobId& job) const
{
    for (const QFileInfo& file : filesOf(m_folder, job))
        removeLeftover(file);
}

} // namespace queuedeck::handlers
