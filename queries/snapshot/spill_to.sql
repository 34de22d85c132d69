-- Working data that does not fit into memory goes to the folder $folder.
set temp_directory = $folder;
