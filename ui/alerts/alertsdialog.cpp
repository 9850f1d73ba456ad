// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/alertsdialog.h"

#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/alerts/alerthistorymodel.h"
#include "ui/alerts/channelsform.h"
#include "ui/alerts/previewview.h"
#include "ui/alerts/ruledelegate.h"
#include "ui/alerts/ruleeditor.h"
#include "ui/alerts/rulesmodel.h"
#include "ui/engine/keydialog.h"
#include "ui/widgets/button.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/place.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QListView>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kLeft = 398;
constexpr int kListRows = 3; // at least

Label* head(const QString& text)
{
    return new Label(text, TextRole::Strong);
}
} // namespace

AlertsDialog::AlertsDialog(service::Session& session, service::AlertService& alerts,
                           QWidget* parent)
    : Dialog(u"alertsDialog"_s, titleAt(placeOf(parent), tr("Alerts")), parent)
    , m_session(session)
    , m_alerts(alerts)
    , m_rules(new RulesModel([this](const alerts::Rule& rule) { return stateOf(rule); }, this))
    , m_list(new QListView(this))
    , m_count(new Label({}, TextRole::Small, Color::Muted))
    , m_title(new ElidedLabel({}, TextRole::Strong))
    , m_duplicate(makeButton(tr("Duplicate"), this, ButtonRole::Quiet))
    , m_remove(makeButton(tr("Remove"), this, ButtonRole::Quiet))
    , m_editor(new RuleEditor(this))
    , m_preview(new PreviewView(this))
    , m_channels(new ChannelsForm(this))
    , m_history(new AlertHistoryModel(
          [this](const QString& rule) { return m_alerts.watch().isSnoozed(rule); }, this))
    , m_table(new DataTable(tr("History of alerts"), this))
    , m_historyNote(new Label({}, TextRole::Small, Color::Muted))
    , m_keep(makeButton(tr("Don’t Save"), this))
    , m_go(makeButton({}, this, ButtonRole::Primary))
    , m_asked(u"\n"_s)
{
    m_duplicate->setObjectName(u"duplicateRule"_s);
    m_remove->setObjectName(u"removeRule"_s);
    m_keep->setObjectName(u"dontSave"_s);
    m_go->setObjectName(u"saveRules"_s);
    auto* top = new QHBoxLayout;
    top->setSpacing(px(space::kL));
    top->addWidget(makeLeft());
    top->addWidget(makeRight(), 1);
    content()->setSpacing(px(space::kS));
    content()->addLayout(top, 1);
    content()->addWidget(makeHistory());
    addToFoot(m_keep);
    addToFoot(m_go);
    m_keep->setDefault(true);
    resize(px(1032), px(740));

    m_previewSoon.setSingleShot(true);
    m_previewSoon.setInterval(150);
    connect(&m_previewSoon, &QTimer::timeout, this, &AlertsDialog::preview);
    connect(m_keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &AlertsDialog::save);
    connect(m_duplicate, &QPushButton::clicked, this, &AlertsDialog::duplicate);
    connect(m_remove, &QPushButton::clicked, this, &AlertsDialog::removeCurrent);
    connect(m_rules, &RulesModel::toggled, this, &AlertsDialog::refresh);
    connect(m_editor, &RuleEditor::edited, this, &AlertsDialog::keepEdited);
    connect(m_channels, &ChannelsForm::edited, this, &AlertsDialog::refresh);
    connect(m_channels, &ChannelsForm::testWanted, this, &AlertsDialog::sendTest);
    connect(m_channels, &ChannelsForm::keyWanted, this,
            [this] { (new KeyDialog(m_keys, m_alerts.webhookKey(), this))->open(); });
    connect(&m_alerts.watch(), &alerts::AlertWatch::changed, this, [this] {
        m_rules->refreshStates();
        refreshHistory();
    });
    connect(&m_alerts.watch(), &alerts::AlertWatch::readied, this, &AlertsDialog::load);
    connect(&m_alerts, &service::AlertService::webhookProblemChanged, this, &AlertsDialog::refresh);
    auto* halfMinute = new QTimer(this); // how long they have lasted
    connect(halfMinute, &QTimer::timeout, this, &AlertsDialog::refreshHistory);
    halfMinute->start(std::chrono::seconds(30));
    if (m_alerts.watch().isReady())
        load();
    readHost();
    m_list->setFocus();
}

QWidget* AlertsDialog::makeLeft()
{
    m_list->setObjectName(u"rules"_s);
    m_list->setAccessibleName(tr("Rules"));
    m_list->setModel(m_rules);
    m_list->setItemDelegate(new RuleDelegate(m_list));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setTabKeyNavigation(false);
    m_list->setMinimumHeight(px(46 * kListRows));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) { select(current.row()); });
    auto* add = makeButton(Icon::Plus, tr("Add Rule"), this);
    add->setObjectName(u"addRule"_s);
    connect(add, &QPushButton::clicked, this, [this] {
        addRule(
            {{},
             tr("New rule"),
             true,
             {},
             {{alerts::Series::OldestPending, alerts::Test::Above, 300, std::chrono::minutes(5)}}});
    });
    auto* top = new QHBoxLayout;
    top->addWidget(head(tr("Rules")));
    top->addWidget(m_count);
    top->addStretch(1);
    top->addWidget(add);
    auto* how = new QHBoxLayout;
    how->addWidget(head(tr("How to tell")));
    how->addWidget(
        new Label(tr("all rules of %1").arg(m_session.info().name), TextRole::Small, Color::Muted));
    how->addStretch(1);
    auto* left = new QWidget(this);
    left->setFixedWidth(px(kLeft));
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(px(space::kS));
    column->addLayout(top);
    column->addWidget(m_list, 1);
    column->addLayout(how);
    column->addWidget(m_channels);
    return left;
}

QWidget* AlertsDialog::makeRight()
{
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_duplicate);
    top->addWidget(m_remove);
    auto* right = new QWidget(this);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins({});
    column->setSpacing(px(space::kS));
    column->addLayout(top);
    column->addWidget(m_editor);
    column->addWidget(m_preview, 1);
    return right;
}

QWidget* AlertsDialog::makeHistory()
{
    using Column = AlertHistoryModel::Column;
    m_table->setObjectName(u"alertHistory"_s);
    m_table->setModel(m_history);
    m_table->setCompact(true);
    m_table->setMinimumHeight(px(size::kTableHeader + 2 * size::kRowCompact));
    m_table->setMaximumHeight(px(size::kTableHeader + 5 * size::kRowCompact));
    QHeaderView* header = m_table->horizontalHeader();
    for (const auto& [column, width] :
         {std::pair{Column::Began, 108}, std::pair{Column::Rule, 190},
          std::pair{Column::Highest, 150}, std::pair{Column::Lasted, 80},
          std::pair{Column::State, 110}, std::pair{Column::Action, 100}})
        m_table->setColumnWidth(column, px(width));
    header->setSectionResizeMode(Column::ToldBy, QHeaderView::Stretch);
    connect(m_table, &DataTable::opened, this, &AlertsDialog::act);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == AlertHistoryModel::Action)
            act(index);
    });
    auto* top = new QHBoxLayout;
    top->addWidget(head(tr("History")));
    top->addWidget(m_historyNote, 1);
    auto* bottom = new QWidget(this);
    auto* column = new QVBoxLayout(bottom);
    column->setContentsMargins({});
    column->setSpacing(px(space::kS));
    column->addLayout(top);
    column->addWidget(m_table);
    return bottom;
}

void AlertsDialog::load()
{
    const alerts::RulesFile& file = m_alerts.watch().rules().file;
    m_editor->setTypes(m_session.snapshots().current().byType.keys());
    m_rules->setRules(file.rules);
    m_channels->setChannels(file.channels);
    if (m_rules->rowCount() > 0)
        m_list->setCurrentIndex(m_rules->index(0));
    else
        select(-1);
    refreshHistory();
    refresh();
}

int AlertsDialog::currentRow() const
{
    return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

void AlertsDialog::select(int row)
{
    const bool isRule = row >= 0 && row < m_rules->rowCount();
    m_editor->setEnabled(isRule);
    m_duplicate->setEnabled(isRule);
    m_remove->setEnabled(isRule);
    m_isSelecting = true;
    m_editor->setRule(isRule ? m_rules->rules()[row] : alerts::Rule());
    m_isSelecting = false;
    refresh();
    m_previewSoon.start(0);
}

void AlertsDialog::keepEdited()
{
    const int row = currentRow();
    if (m_isSelecting || row < 0)
        return;
    alerts::Rule rule = m_editor->rule();
    rule.isOn = m_rules->rules()[row].isOn; // which the list has
    m_rules->setRule(row, rule);
    refresh();
    m_previewSoon.start();
}

void AlertsDialog::addRule(const alerts::Rule& rule)
{
    if (m_rules->rowCount() >= alerts::kMostRules)
        return showProblem(tr("There are at most %1 rules.").arg(alerts::kMostRules));
    alerts::Rule added = rule;
    added.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const int row = m_rules->rowCount();
    m_rules->insert(row, added);
    m_list->setCurrentIndex(m_rules->index(row));
    m_editor->focusName();
}

void AlertsDialog::duplicate()
{
    if (currentRow() < 0)
        return;
    alerts::Rule copy = m_rules->rules()[currentRow()];
    copy.name = tr("%1, copy").arg(copy.name).left(alerts::kLongestRuleName);
    addRule(copy);
}

void AlertsDialog::removeCurrent()
{
    const int row = currentRow();
    if (row < 0)
        return;
    m_rules->remove(row);
    select(currentRow());
    m_list->setFocus();
}

std::pair<QString, bool> AlertsDialog::stateOf(const alerts::Rule& rule) const
{
    if (!rule.isOn)
        return {tr("off"), false};
    for (const alerts::AlertEntry& entry : m_alerts.watch().entries()) {
        if (entry.ruleId == rule.id && entry.isOn())
            return m_alerts.watch().isSnoozed(rule.id) ? std::pair{tr("snoozed"), false}
                                                       : std::pair{tr("on now"), true};
    }
    return {tr("quiet"), false};
}

// What is wrong stays in the foot until it is not any more.
void AlertsDialog::refresh()
{
    const int rules = m_rules->rowCount();
    m_count->setText(tr("%1 of %2 on").arg(m_rules->onCount()).arg(rules));
    m_title->setText(currentRow() >= 0 ? m_rules->rules()[currentRow()].name : QString());
    m_go->setText(rules == 1 ? tr("Save 1 Rule") : tr("Save %1 Rules").arg(rules));
    const base::Sentence& wrong = m_alerts.watch().problem();
    const base::Sentence& webhook = m_alerts.webhookProblem();
    if (!wrong.isEmpty())
        setNote(wrong.translated());
    else if (!webhook.isEmpty())
        setNote(webhook.translated());
    else if (m_alerts.watch().isElsewhere())
        setNote(tr("Another Queuedeck of this user watches these rules; this one shows the same."));
    else
        setNote(tr("Rules are looked at with every refresh, also while the window is minimised."));
    m_go->setEnabled(!m_alerts.watch().rules().file.isNewer());
}

void AlertsDialog::refreshHistory()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const alerts::AlertEntries& entries = m_alerts.watch().entries();
    m_history->setEntries(entries, now);
    const auto week = std::count_if(entries.begin(), entries.end(), [&now](const auto& entry) {
        return entry.began.daysTo(now) < 7;
    });
    m_historyNote->setText(entries.isEmpty()
                               ? tr("No alert yet. What happens is kept for 90 days.")
                               : tr("%1 alerts in 7 days, kept for 90 days").arg(week));
    refresh();
}

} // namespace queuedeck::ui
