// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

namespace queuedeck::chaos {

/// Appends a line for each start and end of a handler. Outside the database, so that it records
/// what was run even if the database was not told; each line is a single write, so that a killed
/// process leaves complete lines.
class LedgerWriter
{
public:
    explicit LedgerWriter(const QString& path);
    ~LedgerWriter();
    LedgerWriter(const LedgerWriter&) = delete;
    LedgerWriter& operator=(const LedgerWriter&) = delete;

    /// `what` is S (started) or F (finished); `who` is o (ours) or f (the foreign processor).
    void note(char what, const QString& job, int attempt, char who);

private:
    int m_file;
};

/// How often each job was run, and by which processor.
struct Ledger
{
    struct Runs
    {
        int startedHere = 0;
        int finishedHere = 0;
        int startedThere = 0;
    };
    QHash<QString, Runs> jobs;

    static Ledger read(const QString& path);
    int startedMoreThanOnce() const;
    int finishedMoreThanOnce() const;
    int runByBoth() const;
};

} // namespace queuedeck::chaos
