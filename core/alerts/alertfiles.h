// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/rulesfile.h"
#include "core/alerts/statefile.h"

#include <memory>

class QLockFile;

namespace queuedeck::alerts {

/// The rules as they are in the file.
struct SavedRules
{
    RulesFile file; ///< the presets if there is no file yet, or none that can be read
    bool isPreset = false;
    base::Sentence problem = {}; ///< why the file cannot be read, or what of it is not understood
    base::Sentence unreadable = {}; ///< why it cannot be read: "it is not JSON"; empty if it can
};

/// The rules of one database and what became of them, in two files that only their owner may read.
/// Any number of programs read the rules; each change reads them again under a lock and replaces
/// them as a whole, and a file that cannot be read is moved aside by the first change, never
/// overwritten. Of the programs of one user, the one that holds the state watches the rules and
/// writes it, the others follow what it writes. Every call blocks; from one thread.
class AlertFiles
{
public:
    AlertFiles(const QString& rulesFile, const QString& stateFile);
    ~AlertFiles();

    SavedRules readRules() const;
    /// Denied: the file cannot be written, or was written by a newer program; Invalid: a rule is
    /// none. Nothing is changed then. Returns what is saved now.
    base::Result<SavedRules> saveRules(const Rules& rules, const Channels& channels);

    /// Takes the state for this program. False: another one has it, or its folder cannot be
    /// written.
    bool take();
    /// After take(): another program of this user has it.
    bool isElsewhere() const { return m_isElsewhere; }

    /// Empty if there is none yet. Invalid: it cannot be read, with a sentence.
    base::Result<AlertState> readState() const;
    /// Only while it is taken. What cannot be read is moved aside first.
    base::Status writeState(const AlertState& state);

    const QString& rulesFile() const { return m_rulesFile; }

private:
    const QString m_rulesFile;
    const QString m_stateFile;
    std::unique_ptr<QLockFile> m_lock;
    bool m_isElsewhere = false;
};

} // namespace queuedeck::alerts
