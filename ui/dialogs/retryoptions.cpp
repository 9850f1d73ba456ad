// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/retryoptions.h"

#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QGridLayout>
#include <QRadioButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::ChangePlan;

namespace {

Label* small(const QString& text)
{
    return new Label(text, TextRole::Small, Color::Muted);
}

QHBoxLayout* addRow(QGridLayout& grid, const QString& title,
                    std::initializer_list<QWidget*> widgets)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kS));
    for (QWidget* widget : widgets)
        row->addWidget(widget);
    row->addStretch(1);
    const int number = grid.rowCount();
    grid.addWidget(new Label(title, TextRole::Body, Color::Muted), number, 0);
    grid.addLayout(row, number, 1);
    return row;
}

QRadioButton* radio(const QString& text, const char* name, QButtonGroup* group)
{
    auto* button = new QRadioButton(text);
    button->setObjectName(QLatin1StringView(name));
    group->addButton(button);
    return button;
}

} // namespace

RetryOptions::RetryOptions(QWidget* parent)
    : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(px(space::kM));
    grid->setVerticalSpacing(px(space::kS));
    grid->setColumnMinimumWidth(0, px(64));
    grid->setColumnStretch(1, 1);
    addTries(*grid);
    addFirst(*grid);
    addPace(*grid);
    addTime(*grid);
    updateFields();
}

void RetryOptions::addTries(QGridLayout& grid)
{
    auto* group = new QButtonGroup(this);
    m_fromZero = radio(tr("Start again at 0"), "fromZero", group);
    m_keep = radio(tr("Keep"), "keepTries", group);
    m_fromZero->setChecked(true);
    addRow(grid, tr("Tries"), {m_fromZero, m_keep, small(tr("those with none left are skipped"))});
    connect(m_keep, &QRadioButton::toggled, this, &RetryOptions::triesChanged);
}

void RetryOptions::addFirst(QGridLayout& grid)
{
    m_isFirst = new QCheckBox(tr("Try"));
    m_isFirst->setObjectName(u"isFirst"_s);
    m_isFirst->setAccessibleName(tr("Try a few jobs first"));
    m_first = new QSpinBox;
    m_first->setObjectName(u"first"_s);
    m_first->setAccessibleName(tr("Jobs to try first"));
    m_first->setRange(1, ChangePlan::kMostFirst);
    m_first->setValue(5);
    m_rule = new QComboBox;
    m_rule->setObjectName(u"rule"_s);
    m_rule->setAccessibleName(tr("The rest only when"));
    m_rule->addItem(tr("all of them complete"), int(ChangePlan::Rule::AllComplete));
    m_rule->addItem(tr("half of them complete"), int(ChangePlan::Rule::HalfComplete));
    m_rule->addItem(tr("any of them completes"), int(ChangePlan::Rule::AnyCompletes));
    addRow(grid, tr("First"),
           {m_isFirst, m_first, new Label(tr("jobs, the rest only when")), m_rule});
    connect(m_isFirst, &QCheckBox::toggled, this, &RetryOptions::updateFields);
}

void RetryOptions::addPace(QGridLayout& grid)
{
    m_isPaced = new QCheckBox(tr("At most"));
    m_isPaced->setObjectName(u"isPaced"_s);
    m_isPaced->setAccessibleName(tr("Limit the pace"));
    m_perSecond = new QSpinBox;
    m_perSecond->setObjectName(u"perSecond"_s);
    m_perSecond->setAccessibleName(tr("Jobs a second, at most"));
    m_perSecond->setRange(1, ChangePlan::kMostPerSecond);
    m_perSecond->setValue(50);
    m_takes = small({});
    m_takes->setObjectName(u"takes"_s);
    addRow(grid, tr("Pace"), {m_isPaced, m_perSecond, new Label(tr("jobs a second")), m_takes});
    connect(m_isPaced, &QCheckBox::toggled, this, &RetryOptions::updateFields);
    connect(m_perSecond, &QSpinBox::valueChanged, this, &RetryOptions::updateFields);
}

void RetryOptions::addTime(QGridLayout& grid)
{
    auto* group = new QButtonGroup(this);
    m_now = radio(tr("Now"), "now", group);
    m_isAt = radio(tr("At"), "isAt", group);
    m_now->setChecked(true);
    m_at = new QDateTimeEdit;
    m_at->setObjectName(u"at"_s);
    m_at->setAccessibleName(tr("When to begin"));
    m_at->setDisplayFormat(u"yyyy-MM-dd HH:mm"_s);
    const bool isUtc = timeZone() == TimeZone::Utc;
    m_at->setTimeSpec(isUtc ? Qt::UTC : Qt::LocalTime);
    // The next full hour that is not near.
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime soon =
        now.addSecs(3600 + 3600 - now.time().msecsSinceStartOfDay() / 1000 % 3600);
    m_at->setDateTime(isUtc ? soon : soon.toLocalTime());
    m_zone = small(isUtc ? tr("UTC; Queuedeck must be open then")
                         : tr("local time; Queuedeck must be open then"));
    addRow(grid, tr("When"), {m_now, m_isAt, m_at, m_zone});
    connect(m_isAt, &QRadioButton::toggled, this, &RetryOptions::updateFields);
}

void RetryOptions::updateFields()
{
    m_first->setEnabled(m_isFirst->isChecked());
    m_rule->setEnabled(m_isFirst->isChecked());
    m_perSecond->setEnabled(m_isPaced->isChecked());
    m_at->setEnabled(m_isAt->isChecked());
    const auto takes = std::chrono::milliseconds(1000 * m_jobs / m_perSecond->value());
    m_takes->setVisible(m_isPaced->isChecked() && m_jobs > 0);
    m_takes->setText(tr("about %1 to re-queue").arg(formatDuration(takes)));
}

void RetryOptions::setJobs(qint64 jobs)
{
    m_jobs = jobs;
    updateFields();
}

bool RetryOptions::keepsTries() const
{
    return m_keep->isChecked();
}

ChangePlan RetryOptions::plan() const
{
    ChangePlan plan;
    if (m_isFirst->isChecked())
        plan.first = m_first->value();
    plan.rule = ChangePlan::Rule(m_rule->currentData().toInt());
    if (m_isPaced->isChecked())
        plan.perSecond = m_perSecond->value();
    if (m_isAt->isChecked())
        plan.at = m_at->dateTime().toUTC();
    return plan;
}

} // namespace queuedeck::ui
