// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/importservice.h"

#include <QFrame>

class QComboBox;
class QGridLayout;
class QPushButton;
class QScrollArea;

namespace queuedeck::ui {

class IconView;
class Label;

/// Which column of the file becomes which field: a row for each column, with its first value, a
/// choice, and how the proposal came about.
class ImportColumns : public QWidget
{
    Q_OBJECT

public:
    explicit ImportColumns(QWidget* parent = nullptr);

    void show(domain::ImportTarget target, const QVector<service::ImportLook::Column>& columns);
    using QWidget::show;
    /// The columns by field, every field included: one that is left out has an empty column.
    QMap<QString, QString> mapping() const;
    /// Uses what an earlier import of such a file used.
    void setMapping(const QMap<QString, QString>& mapping);
    /// Offers that; an empty text offers nothing.
    void offerEarlier(const QString& text);
    QStringList columnNames() const;

Q_SIGNALS:
    void mappingChanged();
    void earlierWanted();

private:
    struct Row
    {
        service::ImportLook::Column column;
        QComboBox* field = nullptr;
        IconView* icon = nullptr;
        Label* how = nullptr;
    };

    void addRow(int number, const service::ImportLook::Column& column);
    void chosen(int number);
    void showHow(Row& row);
    void count();

    domain::ImportTarget m_target = domain::ImportTarget::Customers;
    QVector<Row> m_rows;
    Label* m_used;
    QPushButton* m_earlier;
    QScrollArea* m_scroll;
    QGridLayout* m_grid = nullptr;
};

} // namespace queuedeck::ui
