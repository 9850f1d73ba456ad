// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/importservice.h"

#include <QWidget>

class QButtonGroup;
class QPushButton;

namespace queuedeck::ui {

class DataTable;
class ImportPreviewModel;

/// The first lines of the file as they would be imported: all, those with problems, those that look
/// odd.
class ImportPreviewPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ImportPreviewPanel(QWidget* parent = nullptr);

    void show(domain::ImportTarget target, const service::ImportResult& result);
    using QWidget::show;
    const ImportPreviewModel& model() const { return *m_model; }

private:
    void fill();

    domain::ImportTarget m_target = domain::ImportTarget::Customers;
    service::ImportResult m_result;
    ImportPreviewModel* m_model;
    DataTable* m_table;
    QButtonGroup* m_group;
    QPushButton* m_all;
    QPushButton* m_problems;
    QPushButton* m_warnings;
};

} // namespace queuedeck::ui
