// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/alertfiles.h"

#include "core/base/privatefiles.h"

#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace queuedeck::alerts {

using base::ErrorKind;
using base::fail;
using base::Result;
using base::Sentence;
using base::Status;

namespace {
constexpr qint64 kLargestFile = 4 * 1024 * 1024;
constexpr int kLockPatience = 3000; // ms; a change takes a few

// NotFound: there is none.
Result<QByteArray> bytesOf(const QString& path)
{
    QFile from(path);
    const QFileInfo info(path);
    if (!info.exists() && !info.isSymLink())
        return fail(ErrorKind::NotFound, Sentence::tr("There is no file %1.").arg(path));
    if (!info.isFile())
        return fail(ErrorKind::Denied, Sentence::tr("it is not a file"));
    if (!from.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Denied, from.errorString());
    if (from.size() > kLargestFile)
        return fail(ErrorKind::Invalid, Sentence::tr("it is too large"));
    return from.read(kLargestFile);
}

Status writeBytes(const QString& path, const QByteArray& bytes)
{
    QSaveFile to(path);
    to.setDirectWriteFallback(false); // whole or not at all
    if (!to.open(QIODevice::WriteOnly) || !to.setPermissions(base::kPrivateFile) ||
        to.write(bytes) != bytes.size() || !to.commit())
        return fail(ErrorKind::Denied, to.errorString());
    return {};
}

// What nobody can read may still be mended by hand.
Status moveAside(const QString& path)
{
    for (int number = 1; number < 1000; ++number) {
        const QString aside = u"%1.unreadable-%2"_s.arg(path).arg(number);
        if (QFile::exists(aside))
            continue;
        if (QFile::rename(path, aside))
            return {};
        break;
    }
    return fail(ErrorKind::Denied,
                Sentence::tr("The file %1 cannot be moved aside. Nothing was changed.").arg(path));
}

Sentence problemOf(const RulesFile& file, const QString& path)
{
    if (file.isNewer())
        return Sentence::tr("The alert rules in %1 were saved by a newer Queuedeck. They are "
                            "watched as far as they are understood, and not changed from here.")
            .arg(path);
    if (file.unreadable.isEmpty())
        return {};
    return Sentence::tr("%1 rules in %2 are not understood and not watched. They stay in the file.")
        .arg(file.unreadable.size(), path);
}
} // namespace

AlertFiles::AlertFiles(const QString& rulesFile, const QString& stateFile)
    : m_rulesFile(rulesFile)
    , m_stateFile(stateFile)
{
}

AlertFiles::~AlertFiles() = default;

SavedRules AlertFiles::readRules() const
{
    const auto bytes = bytesOf(m_rulesFile);
    if (!bytes && bytes.error().kind == ErrorKind::NotFound)
        return {RulesFile{presetRules()}, true};
    const auto file = bytes ? rulesFromJson(*bytes) : Result<RulesFile>(bytes.error());
    if (file)
        return {*file, false, problemOf(*file, m_rulesFile)};
    return {RulesFile{presetRules()}, true,
            Sentence::tr("The alert rules in %1 cannot be read: %2. Until that is mended, the "
                         "rules that Queuedeck comes with are watched.")
                .arg(m_rulesFile, file.error().detail),
            file.error().detail};
}

Result<SavedRules> AlertFiles::saveRules(const Rules& rules, const Channels& channels)
{
    for (const Rule& rule : rules) {
        if (const Sentence problem = ruleProblem(rule); !problem.isEmpty())
            return fail(ErrorKind::Invalid, problem);
    }
    if (const Status made = base::makePrivateFolder(QFileInfo(m_rulesFile).absolutePath()); !made)
        return made.error();
    QLockFile lock(m_rulesFile + u".lock"_s);
    if (!lock.tryLock(kLockPatience))
        return fail(ErrorKind::Conflict,
                    Sentence::tr("The alert rules cannot be saved now: %1 is locked by another "
                                 "Queuedeck, or its folder cannot be written.")
                        .arg(m_rulesFile));
    QFile::setPermissions(m_rulesFile + u".lock"_s, base::kPrivateFile);
    const auto bytes = bytesOf(m_rulesFile);
    const auto before = bytes ? rulesFromJson(*bytes) : Result<RulesFile>(bytes.error());
    RulesFile file = before ? *before : RulesFile{};
    if (file.isNewer())
        return fail(ErrorKind::Denied,
                    problemOf(file, m_rulesFile) + Sentence::tr(" Nothing was changed."));
    if (!before && before.error().kind != ErrorKind::NotFound) {
        if (const Status moved = moveAside(m_rulesFile); !moved)
            return moved.error();
    }
    file.rules = rules;
    file.channels = channels;
    if (const Status written = writeBytes(m_rulesFile, rulesToJson(file)); !written)
        return fail(ErrorKind::Denied,
                    Sentence::tr("The alert rules cannot be saved in %1: %2. Nothing was changed.")
                        .arg(m_rulesFile, written.error().detail));
    return readRules();
}

bool AlertFiles::take()
{
    m_isElsewhere = false;
    if (m_lock)
        return true;
    if (!base::makePrivateFolder(QFileInfo(m_stateFile).absolutePath()))
        return false; // writing the state says why
    auto lock = std::make_unique<QLockFile>(m_stateFile + u".lock"_s);
    lock->setStaleLockTime(0); // only if its program is gone
    if (!lock->tryLock(0)) {
        m_isElsewhere = lock->error() == QLockFile::LockFailedError;
        return false;
    }
    QFile::setPermissions(m_stateFile + u".lock"_s, base::kPrivateFile);
    m_lock = std::move(lock);
    return true;
}

Result<AlertState> AlertFiles::readState() const
{
    const auto bytes = bytesOf(m_stateFile);
    if (!bytes && bytes.error().kind == ErrorKind::NotFound)
        return AlertState{};
    const auto state = bytes ? stateFromJson(*bytes) : Result<AlertState>(bytes.error());
    if (state && state->isNewer())
        return fail(ErrorKind::Unsupported,
                    Sentence::tr("The history of alerts in %1 was written by a newer Queuedeck. "
                                 "Alerts are not recorded here.")
                        .arg(m_stateFile));
    if (!state)
        return fail(ErrorKind::Invalid,
                    Sentence::tr("The history of alerts in %1 cannot be read: %2. It is kept under "
                                 "another name, and a new one is begun.")
                        .arg(m_stateFile, state.error().detail));
    return state;
}

Status AlertFiles::writeState(const AlertState& state)
{
    const auto before = readState();
    if (!before && before.error().kind == ErrorKind::Unsupported)
        return before.error();
    if (!before) {
        if (const Status moved = moveAside(m_stateFile); !moved)
            return moved;
    }
    if (const Status written = writeBytes(m_stateFile, stateToJson(state)); !written)
        return fail(ErrorKind::Denied,
                    Sentence::tr("The history of alerts cannot be written to %1: %2. Alerts are "
                                 "told all the same, but may be told again after a restart.")
                        .arg(m_stateFile, written.error().detail));
    return {};
}

} // namespace queuedeck::alerts
