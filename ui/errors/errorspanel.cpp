// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errors/errorspanel.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/session.h"
#include "ui/errors/errorgroupdelegate.h"
#include "ui/errors/errorgroupsmodel.h"
#include "ui/errors/errorgroupview.h"
#include "ui/errors/errorwords.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/columns.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QStackedLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::JobAction;

ErrorsPanel::ErrorsPanel(service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_feed(new service::ErrorGroupFeed(session.errorGroups(), session.changes(), this))
    , m_model(new ErrorGroupsModel(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeBar());
    m_strip = new Strip(this);
    m_strip->setFlush(true);
    m_strip->setObjectName(u"errorsStrip"_s);
    column->addWidget(m_strip);
    column->addWidget(makeBody(), 1);
    makeKeys();
    connect(m_feed, &service::ErrorGroupFeed::read, this, &ErrorsPanel::showGroups);
    connect(m_feed, &service::ErrorGroupFeed::stateChanged, this, &ErrorsPanel::showState);
    connect(m_strip, &Strip::pressed, this, &ErrorsPanel::pressStrip);
    const service::ChangeFeed& changes = session.changes();
    connect(&changes, &service::ChangeFeed::pausedChanged, this, &ErrorsPanel::showState);
    connect(&changes, &service::ChangeFeed::lost, this, &ErrorsPanel::showState);
    connect(&changes, &service::ChangeFeed::restored, this, &ErrorsPanel::showState);
    m_minute.setInterval(std::chrono::minutes(1));
    connect(&m_minute, &QTimer::timeout, this, &ErrorsPanel::showGroups); // ages and hours
    showCurrent();
    showState();
}

QWidget* ErrorsPanel::makeBar()
{
    auto* bar = new Surface(Color::Base, this, Qt::BottomEdge);
    bar->setFixedHeight(px(size::kToolBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(px(space::kM), 0, px(space::kM), 0);
    row->setSpacing(px(space::kS));
    m_retry = makeButton(Icon::Retry, {}, bar);
    m_retry->setObjectName(u"retryGroup"_s);
    m_delete = makeButton(Icon::Delete, tr("Delete…"), bar);
    m_delete->setObjectName(u"deleteGroup"_s);
    m_show = makeButton(Icon::Jobs, {}, bar);
    m_show->setObjectName(u"showGroup"_s);
    m_period = new QComboBox(bar);
    m_period->setObjectName(u"errorsPeriod"_s);
    m_period->setAccessibleName(tr("Which failed jobs"));
    m_period->addItem(tr("All failed jobs"), u"status:failed"_s);
    m_period->addItem(tr("Created in the last hour"), u"status:failed age<1h"_s);
    m_period->addItem(tr("Created in the last 24 hours"), u"status:failed age<24h"_s);
    m_period->addItem(tr("Created in the last 7 days"), u"status:failed age<7d"_s);
    m_total = new ElidedLabel({}, TextRole::Small, Color::Muted, bar);
    m_total->setObjectName(u"errorsTotal"_s);
    m_total->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_retry, m_delete, m_show, m_period})
        row->addWidget(widget);
    row->addWidget(m_total, 1);
    connect(m_retry, &QPushButton::clicked, this, [this] { change(JobAction::Retry); });
    connect(m_delete, &QPushButton::clicked, this, [this] { change(JobAction::Delete); });
    connect(m_show, &QPushButton::clicked, this, &ErrorsPanel::showJobs);
    connect(m_period, &QComboBox::activated, this, &ErrorsPanel::choosePeriod);
    return bar;
}

QWidget* ErrorsPanel::makeBody()
{
    auto* body = new QWidget(this);
    m_stack = new QStackedLayout(body);
    m_splitter = new QSplitter(body);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_table = new DataTable(tr("Error groups"), m_splitter);
    m_table->setObjectName(u"errorGroups"_s);
    setFocusProxy(m_table);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ErrorGroupDelegate(*m_model, m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->setDefaultSectionSize(px(ErrorGroupDelegate::kRow));
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QHeaderView& head = *m_table->horizontalHeader();
    head.setSectionResizeMode(QHeaderView::Interactive);
    const std::pair<int, int> widths[]{{ErrorGroupsModel::Count, 76},
                                       {ErrorGroupsModel::Share, 116},
                                       {ErrorGroupsModel::Hours, 132},
                                       {ErrorGroupsModel::First, 68},
                                       {ErrorGroupsModel::Last, 68}};
    for (const auto& [column, width] : widths)
        head.resizeSection(column, px(width));
    head.setSectionResizeMode(ErrorGroupsModel::Error, QHeaderView::Stretch);
    head.setSectionsClickable(false); // the largest first is the only order
    new Columns(u"errors"_s, *m_table);
    m_view = new ErrorGroupView(m_session);
    auto* right = new Surface(Color::Base, m_splitter, Qt::LeftEdge);
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(1, 0, 0, 0);
    m_pane = makeScrollColumn(m_view, right);
    rightColumn->addWidget(m_pane);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_empty = new EmptyState(body);
    m_empty->setObjectName(u"errorsEmpty"_s);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_splitter);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ErrorsPanel::showCurrent);
    connect(m_table, &DataTable::opened, this, &ErrorsPanel::showJobs);
    connect(m_table, &DataTable::rowsCopied, this, [this] { Q_EMIT copied(tr("the group")); });
    connect(m_view, &ErrorGroupView::jobWanted, this, &ErrorsPanel::jobWanted);
    connect(m_view, &ErrorGroupView::valueWanted, this, &ErrorsPanel::showValue);
    connect(m_view, &ErrorGroupView::copied, this, &ErrorsPanel::copied);
    return body;
}

// The same keys as in the list of jobs.
void ErrorsPanel::makeKeys()
{
    const auto on = [this](const QKeySequence& key, QPushButton* button) {
        auto* shortcut = new QShortcut(key, m_table);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, button, &QPushButton::click);
    };
    on(Qt::Key_R, m_retry);
    on(Qt::Key_Delete, m_delete);
}

QList<QWidget*> ErrorsPanel::regions() const
{
    return {m_period, m_table};
}

void ErrorsPanel::setShown(bool shown)
{
    m_feed->setActive(shown);
    if (shown)
        m_minute.start();
    else
        m_minute.stop();
    updateActions();
}

void ErrorsPanel::choosePeriod()
{
    const auto filter = domain::JobFilter::parse(m_period->currentData().toString());
    if (filter)
        m_feed->setFilter(*filter);
    showGroups();
}

void ErrorsPanel::groupJobs(const QString& text, const QString& signature)
{
    constexpr int kOfAList = 4; // after the periods
    constexpr qsizetype kMostShown = 40;
    const QString failed = m_period->itemData(0).toString();
    const QString filter = text.trimmed().isEmpty() ? failed
                           : text.contains(failed)  ? text
                                                    : u"%1 (%2)"_s.arg(failed, text);
    int index = m_period->findData(filter);
    if (index < 0) {
        m_period->removeItem(kOfAList);
        m_period->addItem(
            tr("As in Jobs: %1")
                .arg(text.size() > kMostShown ? text.left(kMostShown - 1) + u'…' : text),
            filter);
        index = m_period->count() - 1;
    }
    m_period->setCurrentIndex(index);
    m_wanted = signature;
    choosePeriod();
}

const domain::ErrorGroup* ErrorsPanel::current() const
{
    return m_model->groupAt(m_table->currentIndex().row());
}

void ErrorsPanel::change(JobAction action)
{
    const domain::ErrorGroup* group = current();
    if (!group)
        return;
    const QString signature = group->signature;
    const domain::JobFilter filter = m_feed->filter();
    service::ErrorGroupService& groups = m_session.errorGroups();
    Q_EMIT changeWanted(action, signature, group->count, filter,
                        [&groups, filter, signature](const std::stop_token& stop) {
                            return groups.freeze(filter, signature, stop);
                        });
}

// Only a filter that was compared with the group is shown as its jobs.
void ErrorsPanel::showJobs()
{
    const domain::ErrorGroup* group = current();
    if (!group || m_isSearching)
        return;
    m_isSearching = true;
    m_asking = {};
    updateActions();
    async::deliver(m_session.errorGroups().jobsOf(m_feed->filter(), *group,
                                                  m_feed->current().groups, m_asking.get_token()),
                   this, [this](const base::Result<service::GroupJobs>& jobs) {
                       m_isSearching = false;
                       updateActions();
                       if (!jobs) {
                           m_strip->say(Strip::Kind::Error, errorLine(jobs.error()));
                           return;
                       }
                       Q_EMIT jobsWanted(jobs->filter.text());
                       if (jobs->others > 0)
                           Q_EMIT said(tr("%1 of these have another error that no filter tells "
                                          "apart.")
                                           .arg(formatCount(jobs->others)));
                   });
}

void ErrorsPanel::showValue(size_t place, const QString& value)
{
    const domain::ErrorGroup* group = current();
    if (!group || place >= group->varies.size())
        return;
    const QString filter =
        domain::groupFilter(m_feed->filter().text(), *group, m_feed->current().groups);
    Q_EMIT jobsWanted(errorwords::valueFilter(filter, *group, place, value));
}

void ErrorsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool isNarrow = window()->width() < px(size::kDetailBelowWidth);
    const Qt::Orientation turned = isNarrow ? Qt::Vertical : Qt::Horizontal;
    if (m_splitter->orientation() == turned && m_splitter->property("placed").toBool())
        return;
    m_splitter->setOrientation(turned);
    m_splitter->setProperty("placed", true);
    const int whole = isNarrow ? height() - px(size::kToolBar) : width();
    const int pane = px(isNarrow ? 260 : size::kDetail);
    m_splitter->setSizes({qMax(whole - pane, 1), pane});
}

} // namespace queuedeck::ui
