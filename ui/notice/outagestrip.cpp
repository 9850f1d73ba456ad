// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notice/outagestrip.h"

#include "core/service/changefeed.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

OutageStrip::OutageStrip(service::ChangeFeed& changes, QWidget* parent)
    : Strip(parent)
    , m_changes(changes)
{
    setObjectName(u"outage"_s);
    setFlush(true);
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &OutageStrip::update);
    connect(&m_changes, &service::ChangeFeed::lost, this, [this](const base::Error& error) {
        m_error = error;
        m_second.start();
        update();
    });
    connect(&m_changes, &service::ChangeFeed::restored, this, [this] {
        m_second.stop();
        hide();
    });
    connect(&m_changes, &service::ChangeFeed::pausedChanged, this, &OutageStrip::update);
    connect(this, &Strip::pressed, this, [this] {
        m_changes.refresh();
        update();
    });
}

void OutageStrip::update()
{
    if (!m_changes.isLost())
        return;
    say(Kind::Error,
        tr("%1 No answer since %2. %3")
            .arg(errorLine(m_error), formatTime(m_changes.lostSince()), nextTry()),
        tr("Try Now"));
}

QString OutageStrip::nextTry() const
{
    if (m_changes.isAsking())
        return tr("Trying again now.");
    const auto wait = m_changes.untilNextQuestion();
    if (!wait)
        return tr("Paused: it is not tried again by itself.");
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(*wait).count();
    return tr("Next try in %1 s.").arg(seconds);
}

} // namespace queuedeck::ui
