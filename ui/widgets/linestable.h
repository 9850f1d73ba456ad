// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/mark.h"
#include "ui/widgets/rowsmodel.h"

#include <QWidget>

#include <optional>

namespace queuedeck::ui {

class DataTable;

/// A cell of a LinesTable, ready to show.
struct LineCell
{
    QString text;
    std::optional<Mark> mark = {}; ///< colours the text too if it is the mark's word
    bool isMuted = false;
    bool isStrong = false;
    bool isFixed = false;
    QString tip = {};

    bool operator==(const LineCell&) const = default;
};
using Line = QVector<LineCell>;

/// A column of a LinesTable.
struct LineColumn
{
    QString title;
    int width = 0; ///< at least, in reference pixels; 0 stretches
    bool isRight = false;
};

/// A few ready-made lines as a table.
class LinesModel : public RowsModel
{
    Q_OBJECT

public:
    LinesModel(const QVector<LineColumn>& columns, QObject* parent = nullptr);

    void setLines(const QVector<Line>& lines);
    const QVector<Line>& lines() const { return m_lines; }

protected:
    int rows() const override { return int(m_lines.size()); }
    QVariant cell(int row, int column, int role) const override;

private:
    QVector<Line> m_lines;
};

/// The small framed table of a dialog: as high as its lines, nothing selectable.
class LinesTable : public QWidget
{
    Q_OBJECT

public:
    LinesTable(const QString& accessibleName, const QVector<LineColumn>& columns,
               QWidget* parent = nullptr);

    void setLines(const QVector<Line>& lines);
    const LinesModel& model() const { return *m_model; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fit();

    const QVector<LineColumn> m_columns;
    LinesModel* m_model;
    DataTable* m_table;
};

} // namespace queuedeck::ui
