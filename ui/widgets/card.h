// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/mark.h"

#include <QAbstractButton>

namespace queuedeck::ui {

/// One figure of the overview: mark and title, a large number, a note. It is a button: a click
/// leads to the jobs it counts.
class FigureCard : public QAbstractButton
{
    Q_OBJECT
public:
    FigureCard(Mark mark, const QString& title, QWidget* parent = nullptr);

    /// `figure` is ready to show ("1,204"); an empty one shows "–".
    void setFigure(const QString& figure);
    void setNote(const QString& note, Color color = Color::Muted);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void rename();

    Mark m_mark;
    QString m_title;
    QString m_figure;
    QString m_note;
    Color m_noteColor = Color::Muted;
};

} // namespace queuedeck::ui
