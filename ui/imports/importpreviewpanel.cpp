// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/importpreviewpanel.h"

#include "ui/imports/importpreviewmodel.h"
#include "ui/widgets/button.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QHeaderView>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

ImportPreviewPanel::ImportPreviewPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new ImportPreviewModel(this))
    , m_table(new DataTable(tr("Preview"), this))
    , m_group(new QButtonGroup(this))
    , m_all(makeButton(tr("All"), this))
    , m_problems(makeButton(tr("Problems"), this))
    , m_warnings(makeButton(tr("Warnings"), this))
{
    m_table->setObjectName(u"preview"_s);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ImportPreviewDelegate(m_table));
    m_table->setFrameShape(QFrame::StyledPanel);
    m_all->setObjectName(u"showAll"_s);
    m_problems->setObjectName(u"showProblems"_s);
    m_warnings->setObjectName(u"showWarnings"_s);
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kS));
    head->addWidget(new Label(tr("Preview"), TextRole::Strong));
    head->addWidget(new Label(tr("first lines, problems marked"), TextRole::Small, Color::Muted),
                    1);
    for (QPushButton* button : {m_all, m_problems, m_warnings}) {
        button->setCheckable(true);
        button->setAutoDefault(false);
        m_group->addButton(button);
        head->addWidget(button);
        connect(button, &QPushButton::clicked, this, &ImportPreviewPanel::fill);
    }
    m_all->setChecked(true);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(px(space::kXs));
    all->addLayout(head);
    all->addWidget(m_table, 1);
}

void ImportPreviewPanel::show(domain::ImportTarget target, const service::ImportResult& result)
{
    m_target = target;
    m_result = result;
    m_all->setText(tr("All %1").arg(formatCount(result.rows)));
    m_problems->setText(tr("Problems %1").arg(formatCount(result.rejected)));
    m_warnings->setText(tr("Warnings %1").arg(formatCount(result.warnings)));
    fill();
}

void ImportPreviewPanel::fill()
{
    const auto& lines = m_problems->isChecked()   ? m_result.previewProblems
                        : m_warnings->isChecked() ? m_result.previewWarnings
                                                  : m_result.preview;
    m_model->show(m_target, m_result.previewFields, lines);
    constexpr int kHigh = 38;
    constexpr int kWidest = 260;
    for (int row = 0; row < m_model->rowCount(); ++row)
        m_table->setRowHeight(row, px(m_model->hasProblem(row) ? kHigh : size::kRow));
    m_table->resizeColumnsToContents();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const int least = px(column == 0 ? 56 : 120);
        m_table->setColumnWidth(column,
                                std::clamp(m_table->columnWidth(column), least, px(kWidest)));
    }
    m_table->horizontalHeader()->setStretchLastSection(true);
}

} // namespace queuedeck::ui
