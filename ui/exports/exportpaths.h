// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobexport.h"
#include "core/domain/payloadmask.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace queuedeck::ui {

class Label;

/// How payloads are written: as a whole or a column for each place, and what is masked in them.
/// What looks personal starts out hidden.
class ExportPaths : public QWidget
{
    Q_OBJECT

public:
    explicit ExportPaths(QWidget* parent = nullptr);

    /// The places that were found; the most frequent are shown.
    void setPlaces(const QVector<domain::ExportPlace>& places);
    domain::ExportChoice::Payload form() const;
    /// In columns: those that are written; else those that are masked.
    QVector<domain::ExportPath> paths() const;

Q_SIGNALS:
    void changed();

private:
    struct Row
    {
        domain::ExportPlace place;
        QComboBox* how;
        Label* looks;
    };

    void add(const domain::ExportPlace& place);
    void addTyped();
    void fill();
    void showLooks(const Row& row) const;
    void showLeftOut();
    bool areColumns() const { return form() == domain::ExportChoice::Payload::Paths; }

    const domain::PayloadMask m_mask; ///< as the file's own will be, with another key
    QComboBox* m_form;
    QScrollArea* m_scroll;
    QGridLayout* m_grid = nullptr;
    Label* m_note;
    QPushButton* m_more;
    QWidget* m_adding;
    QLineEdit* m_path;
    QVector<Row> m_rows;
    QVector<domain::ExportPlace> m_others;
};

} // namespace queuedeck::ui
