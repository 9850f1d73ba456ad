// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

#include <QFileInfo>
#include <QStorageInfo>

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
QString pathOf(Ground& ground)
{
    return ground.store().connection().url().path;
}
} // namespace

// SQLite has one writer at a time: one that does not end keeps all others out.
base::Result<Verdict> checkBusy(Ground& ground)
{
    if (ground.isPostgres() || !ground.around().tryToWrite)
        return Verdict{};
    const base::Status free = ground.around().tryToWrite(ground.limits().busy);
    if (free)
        return good(Sentence::tr("none is writing"));
    const base::ErrorKind kind = free.error().kind;
    if (kind != base::ErrorKind::Timeout && kind != base::ErrorKind::Unreachable)
        return free.error();
    const auto waiting = ground.waiting();
    return found(
        {.id = u"database-busy"_s,
         .severity = Severity::Error,
         .evidence =
             Sentence::tr("Another program holds the file for writing, for more than %1 ms.")
                 .arg(qint64(ground.limits().busy.count())),
         .cause = Sentence::tr("SQLite has one writer at a time, so no job can be taken or "
                               "finished until it is done."),
         .facts = {{Sentence::tr("File"), pathOf(ground), Sentence::tr("this computer")},
                   {Sentence::tr("SQLite said"), free.error().detail,
                    Sentence(u"BEGIN IMMEDIATE"_s)}},
         .remedies = {{Sentence::tr("Find the program that has the file open, for instance with "
                                    "lsof, and have it end its transaction.")}},
         .statement = {},
         .explains = waiting ? waiting->jobs : 0},
        Sentence::tr("one holds it"));
}

base::Result<Verdict> checkWal(Ground& ground)
{
    if (ground.isPostgres())
        return Verdict{};
    const qint64 size = QFileInfo(pathOf(ground) + u"-wal"_s).size(); // 0: there is none
    if (size <= ground.limits().largestWal)
        return good(size == 0 ? Sentence::tr("empty") : bytes(size));
    return found(
        {.id = u"wal-size"_s,
         .severity = Severity::Warning,
         .evidence = Sentence::tr("The write-ahead log has grown to %1.").arg(bytes(size)),
         .cause =
             Sentence::tr("It is copied back only while nobody reads an older state, so a program "
                          "that keeps a transaction open makes it grow, and reading slower."),
         .facts = {{Sentence::tr("File"), pathOf(ground) + u"-wal"_s,
                    Sentence::tr("this computer")}},
         .remedies = {{Sentence::tr("End the program that keeps a read transaction open.")},
                      {Sentence::tr("Then this empties the log."), Remedy::Action::CopyStatement}},
         .statement = u"PRAGMA wal_checkpoint(TRUNCATE);"_s,
         .count = size},
        bytes(size));
}

base::Result<Verdict> checkDisk(Ground& ground)
{
    if (ground.isPostgres()) // only its server knows
        return Verdict{};
    const QStorageInfo disk(QFileInfo(pathOf(ground)).absolutePath());
    const qint64 free = disk.bytesAvailable();
    if (!disk.isValid() || free < 0)
        return Verdict{domain::CheckOutcome::State::Failed, Sentence::tr("not known")};
    if (free >= ground.limits().leastFreeDisk)
        return good(Sentence::tr("%1 free").arg(bytes(free)));
    return found(
        {.id = u"disk"_s,
         .severity = Severity::Error,
         .evidence = Sentence::tr("Only %1 are free on the disk of the database.").arg(bytes(free)),
         .cause = Sentence::tr("Once it is full, no job can be added, taken or finished."),
         .facts = {{Sentence::tr("Disk"), disk.rootPath(), Sentence::tr("this computer")},
                   {Sentence::tr("Size"), bytes(disk.bytesTotal()), Sentence::tr("this computer")}},
         .remedies = {{Sentence::tr("Free some space. Clean Up deletes old jobs; the file itself "
                                    "shrinks only by VACUUM, which needs as much space again.")}},
         .count = free},
        Sentence::tr("%1 free").arg(bytes(free)));
}

} // namespace queuedeck::diagnosis
