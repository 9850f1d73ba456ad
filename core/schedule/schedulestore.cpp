// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/schedulestore.h"

#include "core/async/taskthread.h"
#include "core/base/privatefiles.h"
#include "core/base/sentence.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace queuedeck::schedule {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr qint64 kLargestFile = 16 * 1024 * 1024;

base::Status writeFile(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(base::kPrivateFile) ||
        file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorKind::Internal, Sentence::tr("The schedules cannot be written to %1: %2.")
                                             .arg(path, file.errorString()));
    return {};
}

base::Error takenBy(const QLockFile& lock)
{
    qint64 process = 0;
    QString host;
    QString program;
    if (lock.getLockInfo(&process, &host, &program))
        return fail(
            ErrorKind::Conflict,
            Sentence::tr("Another Queuedeck (process %1) has these schedules and runs them.")
                .arg(process));
    return fail(ErrorKind::Conflict,
                Sentence::tr("Another Queuedeck has these schedules and runs them."));
}
} // namespace

ScheduleStore::ScheduleStore(const QString& file)
    : m_file(file)
{
}

ScheduleStore::~ScheduleStore()
{
    flush(); // while the lock is still held
    m_writer.reset();
}

base::Status ScheduleStore::take()
{
    if (m_lock)
        return {};
    const QString folder = QFileInfo(m_file).path();
    if (const base::Status made = base::makePrivateFolder(folder); !made)
        return made;
    auto lock = std::make_unique<QLockFile>(m_file + u".lock"_s);
    lock->setStaleLockTime(0); // held until its process ends, however long that takes
    if (!lock->tryLock(0))
        return lock->error() == QLockFile::LockFailedError
                   ? takenBy(*lock)
                   : fail(ErrorKind::Denied,
                          Sentence::tr("The folder %1 for the schedules cannot be written.")
                              .arg(folder));
    QFile::setPermissions(m_file + u".lock"_s, base::kPrivateFile);
    m_lock = std::move(lock);
    return {};
}

bool ScheduleStore::isTaken() const
{
    return m_lock != nullptr;
}

base::Result<ScheduleFileContent> ScheduleStore::read() const
{
    QFile file(m_file);
    if (!file.exists())
        return ScheduleFileContent{};
    base::Result<ScheduleFileContent> content =
        fail(ErrorKind::Invalid, Sentence::tr("it is too large"));
    if (!file.open(QIODevice::ReadOnly))
        content = fail(ErrorKind::Invalid, file.errorString());
    else if (file.size() <= kLargestFile)
        content = schedulesFromJson(file.readAll());
    if (!content)
        return fail(ErrorKind::Invalid,
                    Sentence::tr("The schedules in %1 cannot be read: %2. None runs until "
                                 "the file is repaired or removed.")
                        .arg(m_file, content.error().detail));
    return content;
}

QFuture<base::Status> ScheduleStore::write(const ScheduleFileContent& content)
{
    if (!m_writer)
        m_writer = std::make_unique<async::TaskThread>("qd-schedules");
    return m_writer->run(
        [path = m_file, bytes = schedulesToJson(content)] { return writeFile(path, bytes); });
}

void ScheduleStore::flush()
{
    if (m_writer)
        m_writer->run([]() -> base::Status { return {}; }).waitForFinished();
}

} // namespace queuedeck::schedule
