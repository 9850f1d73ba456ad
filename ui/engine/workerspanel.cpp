// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/workerspanel.h"

#include "core/service/engineservice.h"
#include "core/service/session.h"
#include "ui/engine/workersmodel.h"
#include "ui/notice/changesoff.h"
#include "ui/widgets/button.h"
#include "ui/widgets/columns.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/tabledelegate.h"

#include <QHeaderView>
#include <QStackedLayout>

namespace queuedeck::ui {

WorkersPanel::WorkersPanel(service::Session& session, QWidget* parent)
    : Panel(tr("Running here"), Content::Flush, parent)
    , m_session(session)
    , m_model(new WorkersModel(this))
    , m_table(new DataTable(tr("Running here"), this))
    , m_cancel(makeButton(Icon::Cancel, tr("Cancel Job"), this, ButtonRole::Quiet))
    , m_stack(new QStackedLayout)
{
    setObjectName(QStringLiteral("workers"));
    m_cancel->setObjectName(QStringLiteral("cancelJob"));
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(WorkersModel::Type, QHeaderView::Stretch);
    header->setSectionResizeMode(WorkersModel::Progress, QHeaderView::Stretch);
    header->resizeSection(WorkersModel::Id, shortIdWidth());
    new Columns(QStringLiteral("workers"), *m_table);
    auto* none = new Label(tr("No job runs on this computer now."), TextRole::Body, Color::Muted);
    none->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(m_table);
    m_stack->addWidget(none);
    content()->addLayout(m_stack);
    addToHead(m_cancel);

    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &WorkersPanel::read);
    connect(&session.engine(), &service::EngineService::progressed, this, [this] {
        if (m_tick.isActive())
            read();
    });
    connect(m_table, &DataTable::opened, this,
            [this](const QModelIndex& index) { Q_EMIT jobWanted(m_model->jobAt(index.row())); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &WorkersPanel::updateCancel);
    connect(m_model, &QAbstractItemModel::modelReset, this, &WorkersPanel::updateCancel);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        const QModelIndexList rows = m_table->selectionModel()->selectedRows();
        if (!rows.isEmpty())
            Q_EMIT cancelWanted(m_model->jobAt(rows.first().row()));
    });
    read();
}

void WorkersPanel::setShown(bool isShown)
{
    if (!isShown) {
        m_tick.stop();
        return;
    }
    read();
    m_tick.start();
}

QWidget* WorkersPanel::focusTarget() const
{
    return m_table;
}

void WorkersPanel::read()
{
    // A job stays selected while others come and go.
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    const domain::JobId selected =
        rows.isEmpty() ? domain::JobId() : m_model->jobAt(rows.first().row());
    m_model->setJobs(m_session.engine().runningJobs());
    for (int row = 0; row < m_model->rowCount() && !selected.isEmpty(); ++row) {
        if (m_model->jobAt(row) == selected)
            m_table->selectRow(row);
    }
    const int jobs = m_model->rowCount();
    setNote(jobs > 0 ? formatCount(jobs) : QString());
    m_stack->setCurrentIndex(jobs > 0 ? 0 : 1);
    updateCancel();
}

void WorkersPanel::updateCancel()
{
    const QString off = changesOff(m_session);
    const QString why = !off.isEmpty()                              ? off
                        : m_table->selectionModel()->hasSelection() ? QString()
                                                                    : tr("No job is selected.");
    m_cancel->setEnabled(why.isEmpty());
    setTip(m_cancel, why.isEmpty() ? tr("Stop its handler and mark it as cancelled") : why);
}

} // namespace queuedeck::ui
