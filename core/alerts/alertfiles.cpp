// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/alertfiles.h"

#include "core/base/privatefiles.h"
#include "core/base/sharedfile.h"

#include <QFile>
#include <QFileInfo>
#include <QLockFile>

using namespace Qt::StringLiterals;

namespace queuedeck::alerts {

using base::ErrorKind;
using base::fail;
using base::Result;
using base::Sentence;
using base::SharedFile;
using base::Status;

namespace {
bool isMissing(const base::Error& error)
{
    return error.kind == ErrorKind::NotFound;
}

Result<RulesFile> rulesFrom(const Result<QByteArray>& bytes)
{
    return bytes ? rulesFromJson(*bytes) : Result<RulesFile>(bytes.error());
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
    const auto file = rulesFrom(SharedFile(m_rulesFile).read());
    if (!file && isMissing(file.error()))
        return {RulesFile{presetRules()}, true};
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
    const Status saved =
        SharedFile(m_rulesFile)
            .change([&](const Result<QByteArray>& bytes) -> Result<SharedFile::Content> {
                const auto before = rulesFrom(bytes);
                RulesFile file = before ? *before : RulesFile{};
                if (file.isNewer())
                    return fail(ErrorKind::Denied, problemOf(file, m_rulesFile) +
                                                       Sentence::tr(" Nothing was changed."));
                file.rules = rules;
                file.channels = channels;
                return SharedFile::Content{rulesToJson(file),
                                           !before && !isMissing(before.error())};
            });
    if (!saved)
        return saved.error();
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
    const auto bytes = SharedFile(m_stateFile).read();
    if (!bytes && isMissing(bytes.error()))
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
    // take() holds the lock.
    if (const Status written = SharedFile(m_stateFile).replace({stateToJson(state), !before});
        !written)
        return fail(ErrorKind::Denied,
                    written.error().detail +
                        Sentence::tr(" Alerts are told all the same, but may be told again after a "
                                     "restart."));
    return {};
}

} // namespace queuedeck::alerts
