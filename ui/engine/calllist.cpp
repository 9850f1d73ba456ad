// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/calllist.h"

#include "ui/widgets/format.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QGridLayout>

namespace queuedeck::ui {

using remote::RemoteReport;
using remote::RemoteVerdict;

namespace {
struct Sign
{
    Icon icon;
    Color color;
};

// A successful call does not mean that the jobs succeeded.
Sign signOf(const RemoteReport& report)
{
    switch (report.verdict) {
    case RemoteVerdict::Done:
        if (report.failed > 0)
            return report.processed > 0 ? Sign{Icon::Warning, Color::Stuck}
                                        : Sign{Icon::MarkFailed, Color::Failed};
        return {Icon::MarkCompleted, Color::Completed};
    case RemoteVerdict::NoFall:
    case RemoteVerdict::NoAnswer:
    case RemoteVerdict::TooMany:
    case RemoteVerdict::Cancelled: return {Icon::Warning, Color::Stuck};
    default: return {Icon::MarkFailed, Color::Failed};
    }
}
} // namespace

CallList::CallList(QWidget* parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins({});
    m_rows->setSpacing(px(space::kS));
}

void CallList::add(const QDateTime& at, const RemoteReport& report)
{
    const Sign sign = signOf(report);
    auto* row = new QWidget(this);
    auto* grid = new QGridLayout(row);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(px(space::kS));
    grid->setVerticalSpacing(px(space::kXxs));
    grid->setColumnStretch(3, 1);
    auto* time = new Label(formatClock(at), TextRole::Small, Color::Muted, row);
    setTip(time, formatBothTimes(at));
    auto* icon = new QLabel(row);
    icon->setPixmap(makeIcon(sign.icon, sign.color).pixmap(px(size::kStatusIcon)));
    auto* status =
        new Label(report.httpStatus > 0 ? QString::number(report.httpStatus) : QStringLiteral("—"),
                  TextRole::Strong, sign.color, row);
    setTip(status, report.httpStatus > 0 ? tr("HTTP status") : tr("There was no answer."));
    auto* said =
        new Label(showControls(report.sentence.translated()), TextRole::Body, Color::Text, row);
    said->setWordWrap(true);
    setTip(said, showControls(report.answerText));
    grid->addWidget(time, 0, 0, Qt::AlignTop);
    grid->addWidget(icon, 0, 1, Qt::AlignTop);
    grid->addWidget(status, 0, 2, Qt::AlignTop);
    grid->addWidget(said, 0, 3);
    // The sentence for a success already includes it.
    const QString pending = report.isSuccess() ? QString() : pendingText(report);
    if (!pending.isEmpty())
        grid->addWidget(new Label(pending, TextRole::Small, Color::Muted, row), 1, 3);
    if (m_rows->count() > 0)
        m_rows->insertWidget(0, new Hairline);
    m_rows->insertWidget(0, row);
    while (m_rows->count() > 2 * kMost - 1)
        delete m_rows->takeAt(m_rows->count() - 1)->widget();
}

QString CallList::pendingText(const RemoteReport& report)
{
    if (!report.pendingBefore)
        return {};
    return tr("pending %1 → %2")
        .arg(formatCount(*report.pendingBefore),
             report.pendingAfter ? formatCount(*report.pendingAfter) : tr("not known"));
}

} // namespace queuedeck::ui
