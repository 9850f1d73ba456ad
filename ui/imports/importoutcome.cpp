// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/importoutcome.h"

#include "ui/imports/importwords.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/shown.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr qsizetype kMostReasons = 4; // the rest are counted together

QVector<Line> linesOf(domain::ImportTarget target, const service::ImportResult& result)
{
    const auto line = [](const QString& words, qint64 count) {
        return Line{{words}, {formatCount(count)}};
    };
    const auto muted = [](const QString& words, qint64 count) {
        return Line{{u"      "_s + words, {}, true, false, false, words},
                    {formatCount(count), {}, true}};
    };
    QVector<Line> lines{line(ImportOutcome::tr("new"), result.created),
                        line(importwords::updated(target, result.previewFields), result.updated)};
    if (result.unchanged > 0)
        lines += line(ImportOutcome::tr("there already, unchanged"), result.unchanged);
    if (result.rejected > 0)
        lines += Line{{ImportOutcome::tr("lines rejected"), Mark::Failed},
                      {formatCount(result.rejected), {}, false, true}};
    QVector<std::pair<qint64, QString>> reasons;
    for (auto reason = result.reasons.begin(); reason != result.reasons.end(); ++reason)
        reasons += std::pair(*reason, reason.key());
    std::sort(reasons.begin(), reasons.end(),
              [](const auto& a, const auto& b) { return a.first > b.first; });
    qint64 others = 0;
    for (qsizetype i = 0; i < reasons.size(); ++i) {
        if (i < kMostReasons)
            lines += muted(showControls(reasons[i].second), reasons[i].first);
        else
            others += reasons[i].first;
    }
    if (others > 0)
        lines += muted(ImportOutcome::tr("for other reasons"), others);
    lines += Line{{ImportOutcome::tr("Lines with data"), {}, false, true},
                  {formatCount(result.rows), {}, false, true}};
    return lines;
}
} // namespace

ImportOutcome::ImportOutcome(QWidget* parent)
    : QWidget(parent)
    , m_when(new Label({}, TextRole::Small, Color::Muted))
    , m_lines(
          new LinesTable(tr("What happens"), {{tr("Result"), 0, false}, {tr("Number"), 84, true}}))
    , m_update(new QCheckBox(this))
    , m_keep(new QCheckBox(tr("Save rejected lines, with reasons"), this))
{
    m_when->setObjectName(u"when"_s);
    m_lines->setObjectName(u"outcome"_s);
    m_update->setObjectName(u"updateExisting"_s);
    m_update->setChecked(true);
    m_keep->setObjectName(u"keepRejected"_s);
    m_keep->setChecked(true);
    m_keep->setEnabled(false);
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kS));
    head->addWidget(new Label(tr("What happens"), TextRole::Strong));
    head->addWidget(m_when, 1);
    auto* update = new QHBoxLayout;
    update->setSpacing(px(space::kS));
    update->addWidget(m_update);
    update->addWidget(new Label(tr("only the fields mapped here"), TextRole::Small, Color::Muted),
                      1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(px(space::kXs));
    all->addLayout(head);
    all->addWidget(m_lines);
    all->addSpacing(px(space::kXs));
    all->addLayout(update);
    all->addWidget(m_keep);
    all->addStretch(1);
    connect(m_update, &QCheckBox::clicked, this, &ImportOutcome::updateChanged);
    setTarget(m_target);
}

void ImportOutcome::setTarget(domain::ImportTarget target)
{
    m_target = target;
    m_update->setText(importwords::updateExisting(target));
    m_update->setEnabled(target != domain::ImportTarget::Scans);
}

void ImportOutcome::show(const service::ImportResult& result, const QString& keptAs)
{
    m_lines->setLines(linesOf(m_target, result));
    m_when->setText(
        tr("tried out and rolled back at %1").arg(formatClock(QDateTime::currentDateTimeUtc())));
    m_keep->setEnabled(result.rejected > 0);
    m_keep->setText(result.rejected > 0 ? tr("Save the %1 rejected lines, with reasons, as %2")
                                              .arg(formatCount(result.rejected),
                                                   showControls(QFileInfo(keptAs).fileName()))
                                        : tr("Save rejected lines, with reasons"));
    setTip(m_keep, keptAs);
}

void ImportOutcome::setStale(const QString& why)
{
    m_when->setText(why);
}

bool ImportOutcome::mayUpdate() const
{
    return m_update->isChecked();
}

bool ImportOutcome::keepsRejected() const
{
    return m_keep->isEnabledTo(this) && m_keep->isChecked();
}

} // namespace queuedeck::ui
