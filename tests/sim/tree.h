/* Folders of machines, whole. Whatever fails ends the program: these are folders in memory that nobody else knows. */
#ifndef TURNOUT_TESTS_SIM_TREE_H
#define TURNOUT_TESTS_SIM_TREE_H

/* Copies a plain file with its rights; what is there is replaced. */
void tree_copy_file(const char *from, const char *to);
/* Copies plain files and folders with their rights; `to` must not be there. */
void tree_copy(const char *from, const char *to);
/* Copies the plain files of a folder whose names begin so into another folder; those that it has are replaced. */
void tree_copy_files(const char *from, const char *beginning, const char *to);
/* Removes a folder with everything in it; what is not there is gone already. */
void tree_remove(const char *path);
/* Removes the plain files of a folder whose names begin so. */
void tree_remove_files(const char *folder, const char *beginning);

#endif
