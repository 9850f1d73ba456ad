// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errors/hourbars.h"

#include "ui/errors/errorwords.h"
#include "ui/widgets/format.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

void paintHours(QPainter& painter, const QRect& rect, const QVector<qint64>& bars)
{
    const QColor line = tokenColor(Color::Line);
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line);
    const qint64 most = bars.isEmpty() ? 0 : *std::max_element(bars.begin(), bars.end());
    if (most == 0)
        return;
    const int room = rect.height() - 1;
    const qreal step = qreal(rect.width()) / qreal(bars.size());
    for (qsizetype i = 0; i < bars.size(); ++i) {
        if (bars[i] == 0)
            continue;
        const int height = std::max(px(1), int(qreal(room) * qreal(bars[i]) / qreal(most)));
        const int left = rect.left() + qRound(step * qreal(i));
        const int right = rect.left() + qRound(step * qreal(i + 1)) - 1;
        painter.fillRect(QRect(left, rect.top() + room - height, std::max(1, right - left), height),
                         tokenColor(Color::Failed));
    }
}

HourBars::HourBars(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"hourBars"_s);
    setAccessibleName(tr("Jobs per hour"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Appearance::instance(), &Appearance::changed, this, qOverload<>(&QWidget::update));
}

void HourBars::setBars(const QVector<qint64>& bars, const QDateTime& now)
{
    m_bars = bars;
    m_now = now;
    QStringList hours;
    for (qsizetype i = 0; i < bars.size(); ++i) {
        if (bars[i] > 0)
            hours += hourText(i);
    }
    setAccessibleDescription(hours.isEmpty() ? errorwords::perHour(bars, now) : hours.join(u"; "));
    update();
}

QString HourBars::hourText(qsizetype index) const
{
    const QDateTime at = m_now.addSecs(-3600 * (m_bars.size() - 1 - index));
    const QDateTime shown = timeZone() == TimeZone::Utc ? at.toUTC() : at.toLocalTime();
    return tr("%1: %2", "hour: jobs")
        .arg(shown.toString(u"HH:00"_s), errorwords::jobs(m_bars[index]));
}

QSize HourBars::sizeHint() const
{
    return {px(240), px(56)};
}

void HourBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintHours(painter, rect(), m_bars);
}

bool HourBars::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && !m_bars.isEmpty() && width() > 0) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto index =
            std::clamp<qsizetype>(help->pos().x() * m_bars.size() / width(), 0, m_bars.size() - 1);
        showTip(help->globalPos(), hourText(index), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace queuedeck::ui
