// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/archive.h"

#include "app/ctl/await.h"
#include "app/ctl/jsonshapes.h"
#include "core/base/wholefile.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;

namespace {
constexpr qsizetype kBatch = 200;

base::Error cannotWrite(const QString& path, const QString& why)
{
    return base::fail(
        ErrorKind::Internal,
        base::Sentence::tr("The archive %1 cannot be written: %2. Nothing was deleted.")
            .arg(path, why));
}

base::Error exists(const QString& path)
{
    return base::fail(
        ErrorKind::Denied,
        base::Sentence::tr("The file %1 already exists and is not overwritten. Nothing was "
                           "deleted.")
            .arg(path));
}

QString lastSystemError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}
} // namespace

base::Status checkArchive(const QString& path)
{
    const QFileInfo info(path);
    if (info.exists() || info.isSymLink())
        return exists(path);
    if (!QFileInfo(info.absolutePath()).isDir())
        return cannotWrite(path, u"there is no folder %1"_s.arg(info.absolutePath()));
    return {};
}

base::Result<qint64> writeArchive(service::JobService& jobs, const domain::FrozenJobs& frozen,
                                  const QString& path, std::stop_token stop)
{
    if (const base::Status free = checkArchive(path); !free)
        return free.error();
    QTemporaryFile file(QFileInfo(path).absoluteFilePath() + u".XXXXXX"_s); // made with mode 0600
    if (!file.open())
        return cannotWrite(path, file.errorString());
    qint64 written = 0;
    domain::JobIds ids;
    qsizetype part = 0;
    for (qsizetype first = 0; first < ids.size() || part < frozen.parts().size(); first += kBatch) {
        if (first >= ids.size()) {
            ids = frozen.parts()[part++].ids();
            first = 0;
        }
        if (stop.stop_requested())
            return base::fail(ErrorKind::Cancelled,
                              base::Sentence::tr("Stopped. Nothing was deleted."));
        const domain::JobIds batch = ids.mid(first, kBatch);
        const auto contents = await(jobs.contents(batch));
        if (!contents)
            return contents.error();
        const auto rows = await(jobs.wholeRows(batch));
        if (!rows)
            return rows.error();
        for (const domain::JobId& id : batch) {
            const auto content = contents->constFind(id);
            if (content == contents->constEnd())
                continue; // deleted meanwhile; it will be reported as skipped
            QJsonObject json = jobJson(content->job);
            json[u"row"_s] = rows->value(id); // with columns the application added
            if (file.write(withPayload(json, content->payload) + '\n') < 0)
                return cannotWrite(path, file.errorString());
            ++written;
        }
    }
    if (!file.flush())
        return cannotWrite(path, file.errorString());
    if (::fsync(file.handle()) != 0)
        return cannotWrite(path, lastSystemError());
    if (const int failed = base::publish(file.fileName(), path, false); failed != 0)
        return failed == EEXIST ? exists(path)
                                : cannotWrite(path, QString::fromLocal8Bit(std::strerror(failed)));
    file.setAutoRemove(false);
    return written;
}

} // namespace queuedeck::ctl
