// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/factgrid.h"

#include "core/domain/jobrules.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QGridLayout>

namespace queuedeck::ui {

namespace {
// From being added to its first start, as far as the history tells.
std::optional<std::chrono::milliseconds> waited(const domain::JobDetail& detail)
{
    QDateTime first;
    for (const domain::Attempt& attempt : detail.history) {
        if (attempt.startedAt.isValid() && (!first.isValid() || attempt.startedAt < first))
            first = attempt.startedAt;
    }
    if (!first.isValid() || !detail.job.createdAt.isValid())
        return std::nullopt;
    return std::chrono::milliseconds(std::max<qint64>(0, detail.job.createdAt.msecsTo(first)));
}

std::optional<std::chrono::milliseconds> ran(const domain::JobDetail& detail)
{
    for (const domain::Attempt& attempt : detail.history) {
        if (attempt.startedAt.isValid() && attempt.endedAt.isValid())
            return std::chrono::milliseconds(
                std::max<qint64>(0, attempt.startedAt.msecsTo(attempt.endedAt)));
    }
    return std::nullopt;
}
} // namespace

FactGrid::FactGrid(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(px(space::kM));
    m_grid->setVerticalSpacing(px(space::kXs));
    m_grid->setColumnStretch(1, 3);
    m_grid->setColumnStretch(3, 2);
}

void FactGrid::add(const QString& name, const QString& value, const QString& toolTip)
{
    const int row = m_count / 2;
    const int column = (m_count % 2) * 2;
    m_grid->addWidget(new Label(name, TextRole::Small, Color::Muted, this), row, column);
    auto* label = new ElidedLabel(value, TextRole::Body, Color::Text, this);
    label->setAccessibleName(name + QStringLiteral(": ") + value);
    if (!toolTip.isEmpty())
        label->setToolTip(toolTip);
    m_grid->addWidget(label, row, column + 1);
    ++m_count;
}

void FactGrid::show(const domain::JobDetail& detail)
{
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    m_count = 0;
    const domain::Job& job = detail.job;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString unknown = tr("not known");
    const auto lasted = [&unknown](const std::optional<std::chrono::milliseconds>& time) {
        return time ? formatRunTime(*time) : unknown;
    };
    add(tr("Created"),
        job.createdAt.isValid()
            ? formatClock(job.createdAt) + QStringLiteral(", ") + formatAge(job.createdAt, now)
            : unknown,
        formatBothTimes(job.createdAt));
    add(tr("Tries"), job.attempts ? tr("%1 of %2").arg(*job.attempts).arg(domain::kMaxAttempts)
                                  : unknown);
    add(tr("Waited"), lasted(waited(detail)));
    add(tr("Ran"), lasted(ran(detail)));
    if (job.completedAt.isValid())
        add(tr("Finished"), formatClock(job.completedAt), formatBothTimes(job.completedAt));
    if (detail.notBefore.isValid() && detail.notBefore > now)
        add(tr("Tried again"), formatAge(detail.notBefore, now), formatBothTimes(detail.notBefore));
    if (detail.expedited)
        add(tr("Order"), tr("runs next"));
}

} // namespace queuedeck::ui
