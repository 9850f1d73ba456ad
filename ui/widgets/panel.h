// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tokens.h"

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;

namespace queuedeck::ui {

class Label;

/// A bordered surface with a title, a note beside it, and room at the right of the head.
/// Content goes into content(); flush content (a table) touches the frame and has a line above.
class Panel : public QFrame
{
    Q_OBJECT
public:
    enum class Content { Padded, Flush };

    explicit Panel(const QString& title, Content content = Content::Padded,
                   QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setNote(const QString& note);
    void addToHead(QWidget* widget); ///< takes ownership
    QVBoxLayout* content() const { return m_content; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Label* m_title;
    Label* m_note;
    QHBoxLayout* m_head;
    QVBoxLayout* m_content;
};

/// A plain coloured background for bars and panes, with optional hairlines at its edges.
class Surface : public QWidget
{
    Q_OBJECT
public:
    explicit Surface(Color color, QWidget* parent = nullptr, Qt::Edges lines = {});

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Color m_color;
    Qt::Edges m_lines;
};

} // namespace queuedeck::ui
