// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/errorgroupfeed.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"

#include <algorithm>

namespace queuedeck::service {

namespace {
constexpr int kFirstRows = 10'000;
constexpr int kMostRows = 200'000;
constexpr qint64 kMostInNewest = 4 * kFirstRows;

// Few parts, however many jobs.
int rowsOf(qsizetype part)
{
    return part < 20 ? std::min(kFirstRows << (part / 4), kMostRows) : kMostRows;
}
} // namespace

ErrorGroupFeed::ErrorGroupFeed(ErrorGroupService& groups, ChangeFeed& changes, QObject* parent)
    : QObject(parent)
    , m_groups(groups)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &ErrorGroupFeed::ask);
    connect(&changes, &ChangeFeed::changed, this, &ErrorGroupFeed::changed);
    connect(&changes, &ChangeFeed::restored, this, [this] {
        if (m_failure)
            goOn();
    });
}

ErrorGroupFeed::~ErrorGroupFeed()
{
    m_stop.request_stop();
}

void ErrorGroupFeed::setFilter(const domain::JobFilter& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    m_readAt = {};
    m_current = {};
    begin();
}

void ErrorGroupFeed::readAgain()
{
    m_isReplacing = hasAnswer();
    begin();
}

void ErrorGroupFeed::begin()
{
    m_stop.request_stop();
    m_stop = {};
    ++m_generation;
    m_isAsking = false;
    m_slices.clear();
    m_todo.clear();
    m_turn = 0;
    m_isWhole = m_isStopped = m_isSweeping = false;
    m_isReplacing = m_isReplacing && hasAnswer();
    m_failure.reset();
    m_begun.start();
    m_next.stop();
    Q_EMIT stateChanged();
    ask();
}

void ErrorGroupFeed::setActive(bool isActive)
{
    if (isActive == m_isActive)
        return;
    m_isActive = isActive;
    if (!isActive) {
        m_next.stop();
        return;
    }
    if (!m_begun.isValid())
        begin();
    else
        changed();
}

void ErrorGroupFeed::stop()
{
    if (!isReading())
        return;
    m_isStopped = true;
    m_isReplacing = false;
    m_stop.request_stop();
    m_stop = {};
    ++m_generation;
    m_isAsking = false;
    m_groups.stopReading();
    Q_EMIT stateChanged();
}

void ErrorGroupFeed::goOn()
{
    m_isStopped = false;
    m_failure.reset();
    Q_EMIT stateChanged();
    ask();
}

// What is not read yet will be read as it is then.
void ErrorGroupFeed::changed()
{
    if (!m_isActive || m_isStopped)
        return;
    if (m_isWhole && m_todo.isEmpty()) {
        m_todo.append(0);
        if (m_slices.size() > 1) {
            m_turn = m_turn % (int(m_slices.size()) - 1) + 1;
            m_todo.append(m_turn);
        }
    }
    schedule();
}

void ErrorGroupFeed::schedule()
{
    if (m_isAsking || m_next.isActive())
        return;
    const auto rest = m_isWhole && m_asked.isValid()
                          ? 4 * m_lastTook - std::chrono::milliseconds(m_asked.elapsed())
                          : std::chrono::milliseconds(0);
    m_next.start(std::max(rest, std::chrono::milliseconds(0)));
}

void ErrorGroupFeed::ask()
{
    if (!m_isActive || m_isStopped || m_isAsking)
        return;
    if (!m_isWhole)
        askNext();
    else if (!m_todo.isEmpty())
        askAgain(m_todo.takeFirst());
}

ErrorGroupService::Tallies ErrorGroupFeed::talliesWithout(int index) const
{
    ErrorGroupService::Tallies tallies;
    for (int i = 0; i < m_slices.size(); ++i) {
        if (i != index)
            tallies += m_slices[i].tally;
    }
    return tallies;
}

void ErrorGroupFeed::askNext()
{
    m_isAsking = true;
    m_asked.start();
    const auto future =
        m_groups.next(m_filter, m_slices.isEmpty() ? QString() : m_slices.last().span.since,
                      rowsOf(m_slices.size()), talliesWithout(-1), m_stop.get_token());
    async::deliver(future, this,
                   [this, generation = m_generation](const base::Result<ErrorReading>& reading) {
                       if (generation == m_generation)
                           take(reading, -1);
                   });
}

void ErrorGroupFeed::askAgain(int index)
{
    m_isAsking = true;
    m_asked.start();
    const auto future =
        m_groups.again(m_filter, m_slices[index], talliesWithout(index), m_stop.get_token());
    async::deliver(
        future, this,
        [this, index, generation = m_generation](const base::Result<ErrorReading>& reading) {
            if (generation == m_generation)
                take(reading, index);
        });
}

void ErrorGroupFeed::take(const base::Result<ErrorReading>& reading, int index)
{
    m_isAsking = false;
    m_lastTook = std::chrono::milliseconds(m_asked.elapsed());
    if (!reading) {
        fail(reading.error());
        return;
    }
    m_failure.reset();
    if (index < 0) {
        m_slices.append(reading->slice);
        m_isWhole = reading->slice.span.since.isEmpty();
        if (m_isWhole)
            m_took = std::chrono::milliseconds(m_begun.elapsed());
    } else {
        const bool areSomeGone = reading->slice.tally->total() < m_slices[index].tally->total();
        m_slices[index] = reading->slice;
        if (areSomeGone && !m_isSweeping) {
            m_isSweeping = true;
            for (int i = 0; i < m_slices.size(); ++i) {
                if (i != index && !m_todo.contains(i))
                    m_todo.append(i);
            }
        }
        m_isSweeping = m_isSweeping && !m_todo.isEmpty();
    }
    m_isReplacing = m_isReplacing && !m_isWhole;
    m_readAt = QDateTime::currentDateTimeUtc();
    if (!m_isReplacing)
        m_current = reading->groups;
    const bool isNewestTooLarge =
        index == 0 && reading->slice.tally->total() > kMostInNewest && m_slices.size() > 1;
    Q_EMIT read();
    if (isNewestTooLarge)
        readAgain();
    else if (!m_isWhole || m_isSweeping)
        ask();
    else if (!m_todo.isEmpty())
        schedule();
}

void ErrorGroupFeed::fail(const base::Error& error)
{
    if (error.kind == base::ErrorKind::Cancelled)
        m_isStopped = !m_isWhole;
    else
        m_failure = error;
    m_todo.clear();
    m_isSweeping = false;
    Q_EMIT stateChanged();
}

} // namespace queuedeck::service
