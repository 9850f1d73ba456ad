// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/ledger.h"

#include <QFile>

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace queuedeck::chaos {

LedgerWriter::LedgerWriter(const QString& path)
    : m_file(
          ::open(path.toLocal8Bit().constData(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600))
{
}

LedgerWriter::~LedgerWriter()
{
    ::close(m_file);
}

void LedgerWriter::note(char what, const QString& job, int attempt, char who)
{
    const QByteArray line = QByteArray(1, what) + ' ' + job.toLatin1() + ' ' +
                            QByteArray::number(attempt) + ' ' + who + '\n';
    (void)!::write(m_file, line.constData(), size_t(line.size()));
}

Ledger Ledger::read(const QString& path)
{
    Ledger ledger;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return ledger;
    while (!file.atEnd()) {
        const QList<QByteArray> words = file.readLine().trimmed().split(' ');
        if (words.size() != 4)
            continue;
        Runs& runs = ledger.jobs[QString::fromLatin1(words[1])];
        const bool isOurs = words[3] == "o";
        if (words[0] == "S")
            ++(isOurs ? runs.startedHere : runs.startedThere);
        else if (isOurs)
            ++runs.finishedHere;
    }
    return ledger;
}

namespace {
template <class Question>
int count(const Ledger& ledger, Question question)
{
    return int(std::count_if(ledger.jobs.cbegin(), ledger.jobs.cend(), question));
}
} // namespace

int Ledger::startedMoreThanOnce() const
{
    return count(*this, [](const Runs& runs) { return runs.startedHere > 1; });
}

int Ledger::finishedMoreThanOnce() const
{
    return count(*this, [](const Runs& runs) { return runs.finishedHere > 1; });
}

int Ledger::runByBoth() const
{
    return count(*this,
                 [](const Runs& runs) { return runs.startedHere > 0 && runs.startedThere > 0; });
}

} // namespace queuedeck::chaos
