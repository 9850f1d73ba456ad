// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/alertstrip.h"

#include "core/alerts/webhookmessage.h"
#include "core/service/changefeed.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::ui {

namespace {
constexpr qsizetype kMostNamed = 3;
} // namespace

AlertStrip::AlertStrip(alerts::AlertWatch& watch, const service::ChangeFeed& changes,
                       QWidget* parent)
    : Strip(parent)
    , m_watch(watch)
    , m_changes(changes)
{
    setObjectName(u"alertStrip"_s);
    setFlush(true);
    m_minute.start(30s);
    connect(&m_minute, &QTimer::timeout, this, &AlertStrip::refresh);
    connect(&m_watch, &alerts::AlertWatch::changed, this, &AlertStrip::refresh);
    connect(&m_changes, &service::ChangeFeed::lost, this, &AlertStrip::refresh);
    connect(&m_changes, &service::ChangeFeed::restored, this, &AlertStrip::refresh);
    connect(this, &Strip::pressed, this, &AlertStrip::snooze);
    connect(this, &Strip::secondPressed, this, &AlertStrip::alertsWanted);
    refresh();
}

void AlertStrip::refresh()
{
    const alerts::AlertEntries on = m_watch.shown();
    if (on.isEmpty() || m_changes.isLost()) {
        hide();
        return;
    }
    QStringList parts;
    for (qsizetype i = 0; i < std::min(kMostNamed, on.size()); ++i)
        parts += tr("%1, since %2")
                     .arg(alerts::tellingText(on[i], alerts::Telling::Kind::Began).translated(),
                          formatTime(on[i].began));
    if (on.size() > kMostNamed)
        parts += tr("and %1 more").arg(on.size() - kMostNamed);
    setSecondButton(tr("Alerts…"));
    say(Kind::Error, parts.join(u" · "_s), tr("Snooze 1 h"));
}

void AlertStrip::snooze()
{
    for (const alerts::AlertEntry& entry : m_watch.shown())
        m_watch.snooze(entry.ruleId, 1h);
}

} // namespace queuedeck::ui
